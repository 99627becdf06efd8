//! Files that NumPy wrote (`tests/files/make.py`) are read, and written again to the byte; what is broken is refused.

use ndsh::session::Session;
use std::path::Path;

/// The value of the last statement, or the failure.
fn ask(session: &mut Session, text: &str) -> String {
    let steps = session.run(text);
    let Some(step) = steps.last() else { return String::new() };
    match (&step.failure, &step.value) {
        (Some(failure), _) => format!("{}: {}", failure.class, failure.message),
        (None, Some(value)) => value.repr.clone(),
        (None, None) => String::new(),
    }
}

fn session() -> Session {
    let mut session = Session::new();
    session.run("import io, os, tempfile");
    session
}

fn recorded(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name).to_string_lossy().into_owned()
}

#[test]
fn what_numpy_wrote_is_read() {
    let mut session = session();
    let expected = [
        ("int64.npy", "array([[0, 1, 2],\n       [3, 4, 5]])"),
        ("fortran.npy", "array([[0, 1, 2],\n       [3, 4, 5]])"),
        ("version_2.npy", "array([[0, 1, 2],\n       [3, 4, 5]])"),
        ("version_3.npy", "array([[0, 1, 2],\n       [3, 4, 5]])"),
        ("strided.npy", "array([0, 3, 6, 9])"),
        ("big_endian.npy", "array([ 1.5, -2. ], dtype='>f4')"),
        ("scalar.npy", "array(True)"),
        ("empty.npy", "array([], shape=(0, 3), dtype=uint16)"),
        ("complex.npy", "array([[ 1.+2.j],\n       [nan-1.j]], dtype=complex64)"),
        ("half.npy", "array([1.00e-01, 6.55e+04,      inf], dtype=float16)"),
        ("objects.npy", "ValueError: Object arrays cannot be loaded when allow_pickle=False"),
    ];
    for (name, shown) in expected {
        assert_eq!(ask(&mut session, &format!("np.load({:?})", recorded(name))), shown, "{name}");
    }
    let fortran = format!("np.load({:?}).flags.f_contiguous", recorded("fortran.npy"));
    assert_eq!(ask(&mut session, &fortran), "True");
    session.run(&format!(
        "stored, deflated = np.load({:?}), np.load({:?})",
        recorded("stored.npz"),
        recorded("deflated.npz")
    ));
    assert_eq!(ask(&mut session, "stored.files, deflated.files"), "(['x', 'arr_0'], ['zeros', 'grid'])");
    assert_eq!(ask(&mut session, "stored['x'], stored['arr_0.npy'][1]"), "(array([1., 1.]), array([3, 4, 5]))");
    assert_eq!(ask(&mut session, "deflated['zeros'].sum(), deflated.f.grid.shape"), "(np.float64(0.0), (3, 2))");
    let table = format!("np.loadtxt({:?}, delimiter=',')", recorded("table.txt"));
    assert_eq!(ask(&mut session, &table), "array([[ 1.0e+000,  2.5e+000],\n       [-3.0e+000,  4.0e+300]])");
}

#[test]
fn what_is_written_is_numpys_to_the_byte() {
    let mut session = session();
    for name in ["int64", "fortran", "strided", "big_endian", "scalar", "empty", "complex", "half"] {
        let path = recorded(&format!("{name}.npy"));
        session.run(&format!("f = io.BytesIO()\nnp.save(f, np.load({path:?}))"));
        assert_eq!(ask(&mut session, &format!("f.getvalue() == open({path:?}, 'rb').read()")), "True", "{name}");
    }
    for version in [2, 3] {
        let path = recorded(&format!("version_{version}.npy"));
        session
            .run(&format!("f = io.BytesIO()\nnp.lib.format.write_array(f, np.load({path:?}), version=({version}, 0))"));
        assert_eq!(ask(&mut session, &format!("f.getvalue() == open({path:?}, 'rb').read()")), "True", "{version}");
    }
    let path = recorded("table.txt");
    session.run(
        "f = io.StringIO()\nnp.savetxt(f, [[1, 2.5], [-3, 4e300]], header='a b\\nc', delimiter=',', footer='end')",
    );
    assert_eq!(ask(&mut session, &format!("f.getvalue() == open({path:?}).read()")), "True");
}

#[test]
fn every_cut_of_a_file_is_refused_and_nothing_panics() {
    let mut session = session();
    for (name, count) in [("int64.npy", 176), ("stored.npz", 562)] {
        session.run(&format!("whole = open({:?}, 'rb').read()", recorded(name)));
        for end in 0..count {
            let answer = ask(&mut session, &format!("np.load(io.BytesIO(whole[:{end}]))"));
            assert!(answer.contains("Error: ") || answer.contains("BadZipFile: "), "{name} to {end}: {answer}");
        }
        // a byte that is another
        for place in (0..count).step_by(3) {
            session.run(&format!("b = bytearray(whole)\nb[{place}] ^= 255\nd = np.load(io.BytesIO(b))"));
            session.run("list(d.values())");
        }
    }
}

#[test]
fn a_map_shows_the_file_and_a_plan_leaves_it_alone() {
    let mut session = session();
    session.run("folder = tempfile.mkdtemp()\npath = os.path.join(folder, 'm')");
    session.run("w = np.memmap(path, dtype='i2', mode='w+', shape=(2, 3))\nw[1] = [7, 8, 9]\nw.flush()");
    assert_eq!(ask(&mut session, "open(path, 'rb').read()"), repr_of(&[0, 0, 0, 7, 8, 9]));
    session.run("r = np.memmap(path, dtype='i2', mode='r', offset=6)\nc = np.memmap(path, 'i2', 'c')\nc[0] = 5");
    assert_eq!(ask(&mut session, "r, c[0], w[0, 0]"), "(memmap([7, 8, 9], dtype=int16), np.int16(5), np.int16(0))");
    session.run("w[0, 0] = 1");
    assert_eq!(ask(&mut session, "np.fromfile(path, 'i2')"), "array([1, 0, 0, 7, 8, 9], dtype=int16)");
    // to write the file anew takes nothing from who has it mapped
    session.run("np.memmap(path, mode='w+', shape=3)[:] = 2");
    assert_eq!(ask(&mut session, "w[1], os.path.getsize(path)"), "(memmap([7, 8, 9], dtype=int16), 3)");
    for statement in [
        "np.memmap(path, mode='w+', shape=100)",
        "np.memmap(path, mode='r+', shape=100)",
        "np.save(path, w)",
        "np.savez(path, w)",
        "w.tofile(path)",
        "np.savetxt(path, w)",
        "open(path, 'w')",
        "open(os.path.join(folder, 'new'), 'wb').write(b'abc')",
        "os.remove(path)",
        "np.lib.format.open_memmap(path, 'w+', shape=(3,))",
        "tempfile.mkdtemp(dir=folder)",
        "tempfile.NamedTemporaryFile(dir=folder)",
    ] {
        assert!(session.plan(statement, ndsh::session::Effort::ASKED).is_ok(), "{statement}");
        assert_eq!(ask(&mut session, "os.listdir(folder), os.path.getsize(path)"), "(['m'], 3)", "{statement}");
    }
    session.run("os.remove(path)\nos.rmdir(folder)");
}

fn repr_of(values: &[i16]) -> String {
    let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    ndsh::text::quote::repr_bytes(&bytes)
}
