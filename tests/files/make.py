"""Writes the files of this folder with NumPy: what it writes, ndsh must read, and write to the byte."""
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent


def main():
    grid = np.arange(6).reshape(2, 3)
    arrays = {
        "int64": grid,
        "fortran": np.asfortranarray(grid),
        "strided": np.arange(12)[::3],
        "big_endian": np.array([1.5, -2.0], dtype=">f4"),
        "scalar": np.array(True),
        "empty": np.zeros((0, 3), dtype=np.uint16),
        "complex": np.array([[1 + 2j], [np.nan - 1j]], dtype=np.complex64),
        "half": np.array([0.1, 65504, np.inf], dtype=np.float16),
    }
    for name, array in arrays.items():
        np.save(HERE / f"{name}.npy", array)
    for version in (2, 3):
        with open(HERE / f"version_{version}.npy", "wb") as file:
            np.lib.format.write_array(file, grid, version=(version, 0))
    np.savez(HERE / "stored.npz", grid, x=np.ones(2))
    np.savez_compressed(HERE / "deflated.npz", zeros=np.zeros((100, 100)), grid=grid.T)
    np.save(HERE / "objects.npy", np.array([None, "a"], dtype=object), allow_pickle=True)
    np.savetxt(HERE / "table.txt", [[1, 2.5], [-3, 4e300]], header="a b\nc", delimiter=",", footer="end")


if __name__ == "__main__":
    main()
