# Creating arrays: what each call allocates, and who owns the bytes.
import numpy as np

# A list of Python ints becomes one block of 8-byte integers.
a = np.array([1, 2, 3, 4])
print(a.dtype, a.itemsize, a.nbytes)

# The dtype decides the bytes an element: the same four numbers in 4 bytes instead of 32.
small = np.array([1, 2, 3, 4], dtype=np.int8)
print(small.itemsize, small.nbytes)

# zeros, ones and full allocate and fill; empty only allocates.
z = np.zeros((2, 3))
o = np.ones((2, 3), dtype=np.float32)
f = np.full((2, 3), 7)

# arange makes a row of numbers. Reshaped at once, the array one sees is a view:
# the row that owns the bytes has no name.
grid = np.arange(6).reshape(2, 3)
print(grid.flags.owndata, grid.base)

# asarray takes an array as it is, array copies it.
same = np.asarray(a)
other = np.array(a)
print(same is a, other is a, np.shares_memory(a, other))

# A constant of any shape in the bytes of one element.
wide = np.broadcast_to(np.float64(1.5), (1000, 1000))
print(wide.nbytes, wide.strides, wide.flags.writeable)
