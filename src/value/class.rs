//! The classes of values: what `type(x)` gives, what `isinstance` and `np.issubdtype` ask.

use crate::array::Type;

/// A class. Compared by identity: each is one static.
pub struct Class {
    /// `__name__`.
    pub name: &'static str,
    /// `__module__`: `"builtins"`, `"numpy"`, ...
    pub module: &'static str,
    /// The classes it derives from directly.
    pub bases: &'static [&'static Class],
    /// The element type, for the classes of NumPy's scalars.
    pub scalar: Option<Type>,
    /// The function in the registry that makes an instance; empty where there is none.
    pub constructor: &'static str,
}

impl Class {
    /// Whether it is `other` or derives from it.
    pub fn is_subclass(&self, other: &Class) -> bool {
        std::ptr::eq(self, other)
            || std::ptr::eq(other, &classes::OBJECT)
            || self.bases.iter().any(|base| base.is_subclass(other))
    }

    /// The name with its module, where that is not `builtins`: `numpy.ndarray`.
    pub fn qualified(&self) -> String {
        if self.module == "builtins" { self.name.into() } else { format!("{}.{}", self.module, self.name) }
    }

    /// `repr(class)`: `<class 'numpy.ndarray'>`.
    pub fn repr(&self) -> String {
        format!("<class '{}'>", self.qualified())
    }
}

/// Every class there is.
pub mod classes {
    use super::{Class, Type};

    macro_rules! classes {
        ($($id:ident = $module:literal $name:literal ($($base:ident),*) $scalar:expr, $constructor:literal;)*) => { $(
            #[doc = concat!("`", $module, ".", $name, "`")]
            pub static $id: Class = Class {
                name: $name, module: $module, bases: &[$(&$base),*], scalar: $scalar, constructor: $constructor,
            };
        )*
            /// All of them.
            pub static ALL: &[&Class] = &[$(&$id),*];
        };
    }

    classes! {
        OBJECT = "builtins" "object" () None, "object";
        TYPE = "builtins" "type" () None, "type";
        NONE_TYPE = "builtins" "NoneType" () None, "";
        ELLIPSIS = "builtins" "ellipsis" () None, "";
        NOT_IMPLEMENTED = "builtins" "NotImplementedType" () None, "";
        INT = "builtins" "int" () None, "int";
        BOOL = "builtins" "bool" (INT) None, "bool";
        FLOAT = "builtins" "float" () None, "float";
        COMPLEX = "builtins" "complex" () None, "complex";
        STR = "builtins" "str" () None, "str";
        BYTES = "builtins" "bytes" () None, "bytes";
        BYTEARRAY = "builtins" "bytearray" () None, "bytearray";
        TUPLE = "builtins" "tuple" () None, "tuple";
        LIST = "builtins" "list" () None, "list";
        DICT = "builtins" "dict" () None, "dict";
        SET = "builtins" "set" () None, "set";
        FROZENSET = "builtins" "frozenset" () None, "frozenset";
        SLICE = "builtins" "slice" () None, "slice";
        RANGE = "builtins" "range" () None, "range";
        ZIP = "builtins" "zip" () None, "zip";
        ENUMERATE = "builtins" "enumerate" () None, "enumerate";
        MAP = "builtins" "map" () None, "map";
        FILTER = "builtins" "filter" () None, "filter";
        REVERSED = "builtins" "reversed" () None, "reversed";
        ITERATOR = "builtins" "iterator" () None, "";
        LIST_ITERATOR = "builtins" "list_iterator" () None, "";
        LIST_REVERSEITERATOR = "builtins" "list_reverseiterator" () None, "";
        TUPLE_ITERATOR = "builtins" "tuple_iterator" () None, "";
        STR_ITERATOR = "builtins" "str_iterator" () None, "";
        STR_ASCII_ITERATOR = "builtins" "str_ascii_iterator" () None, "";
        BYTES_ITERATOR = "builtins" "bytes_iterator" () None, "";
        BYTEARRAY_ITERATOR = "builtins" "bytearray_iterator" () None, "";
        RANGE_ITERATOR = "builtins" "range_iterator" () None, "";
        SET_ITERATOR = "builtins" "set_iterator" () None, "";
        DICT_KEYITERATOR = "builtins" "dict_keyiterator" () None, "";
        DICT_VALUEITERATOR = "builtins" "dict_valueiterator" () None, "";
        DICT_ITEMITERATOR = "builtins" "dict_itemiterator" () None, "";
        DICT_REVERSEKEYITERATOR = "builtins" "dict_reversekeyiterator" () None, "";
        DICT_REVERSEVALUEITERATOR = "builtins" "dict_reversevalueiterator" () None, "";
        DICT_REVERSEITEMITERATOR = "builtins" "dict_reverseitemiterator" () None, "";
        CALLABLE_ITERATOR = "builtins" "callable_iterator" () None, "";
        TEXT_IO_WRAPPER = "_io" "TextIOWrapper" (IO_BASE) None, "";
        DICT_KEYS = "builtins" "dict_keys" () None, "";
        DICT_VALUES = "builtins" "dict_values" () None, "";
        DICT_ITEMS = "builtins" "dict_items" () None, "";
        MEMORYVIEW = "builtins" "memoryview" () None, "memoryview";
        FUNCTION = "builtins" "function" () None, "";
        BUILTIN = "builtins" "builtin_function_or_method" () None, "";
        BUILTIN_METHOD = "builtins" "builtin_function_or_method" () None, "";
        MODULE = "builtins" "module" () None, "";
        NDARRAY = "numpy" "ndarray" () None, "np.ndarray";
        MEMMAP = "numpy" "memmap" (NDARRAY) None, "np.memmap";
        MMAP = "mmap" "mmap" () None, "";
        NPZ_FILE = "numpy.lib.npyio" "NpzFile" () None, "";
        BAG_OBJ = "numpy.lib._npyio_impl" "BagObj" () None, "";
        IO_BASE = "_io" "_IOBase" () None, "";
        BYTES_IO = "_io" "BytesIO" (IO_BASE) None, "io.BytesIO";
        STRING_IO = "_io" "StringIO" (IO_BASE) None, "io.StringIO";
        BUFFERED_READER = "_io" "BufferedReader" (IO_BASE) None, "";
        BUFFERED_WRITER = "_io" "BufferedWriter" (IO_BASE) None, "";
        BUFFERED_RANDOM = "_io" "BufferedRandom" (IO_BASE) None, "";
        TEMPORARY_FILE_WRAPPER = "tempfile" "_TemporaryFileWrapper" (IO_BASE) None, "";
        POSIX_PATH = "pathlib" "PosixPath" () None, "pathlib.Path";
        DTYPE = "numpy" "dtype" () None, "np.dtype";
        UFUNC = "numpy" "ufunc" () None, "";
        FLATITER = "numpy" "flatiter" () None, "";
        FLAGSOBJ = "numpy._core.multiarray" "flagsobj" () None, "";
        CTYPES = "numpy._core._internal" "_ctypes" () None, "";
        C_LONG_ARRAY = "numpy._core._internal" "c_long_Array" () None, "";
        DUMMY_ARRAY = "numpy.lib._stride_tricks_impl" "DummyArray" () None, "";
        MGRID = "numpy.lib._index_tricks_impl" "MGridClass" () None, "";
        OGRID = "numpy.lib._index_tricks_impl" "OGridClass" () None, "";
        R_CLASS = "numpy.lib._index_tricks_impl" "RClass" () None, "";
        C_CLASS = "numpy.lib._index_tricks_impl" "CClass" () None, "";
        INDEX_EXPRESSION = "numpy.lib._index_tricks_impl" "IndexExpression" () None, "";
        NDINDEX = "numpy" "ndindex" () None, "np.ndindex";
        NDENUMERATE = "numpy" "ndenumerate" () None, "np.ndenumerate";
        VECTORIZE = "numpy" "vectorize" () None, "np.vectorize";
        NDITER = "numpy" "nditer" () None, "np.nditer";
        BROADCAST = "numpy" "broadcast" () None, "np.broadcast";
        POLY1D = "numpy" "poly1d" () None, "np.poly1d";
        GENERATOR = "numpy.random._generator" "Generator" () None, "np.random.Generator";
        RANDOM_STATE = "numpy.random.mtrand" "RandomState" () None, "np.random.RandomState";
        BIT_GENERATOR = "numpy.random.bit_generator" "BitGenerator" () None, "";
        SEED_SEQUENCE = "numpy.random.bit_generator" "SeedSequence" () None, "np.random.SeedSequence";
        PCG64 = "numpy.random._pcg64" "PCG64" (BIT_GENERATOR) None, "np.random.PCG64";
        PCG64DXSM = "numpy.random._pcg64" "PCG64DXSM" (BIT_GENERATOR) None, "np.random.PCG64DXSM";
        PHILOX = "numpy.random._philox" "Philox" (BIT_GENERATOR) None, "np.random.Philox";
        SFC64 = "numpy.random._sfc64" "SFC64" (BIT_GENERATOR) None, "np.random.SFC64";
        MT19937 = "numpy.random._mt19937" "MT19937" (BIT_GENERATOR) None, "np.random.MT19937";
        IINFO = "numpy" "iinfo" () None, "np.iinfo";
        FINFO = "numpy" "finfo" () None, "np.finfo";
        GENERIC = "numpy" "generic" () None, "";
        NUMBER = "numpy" "number" (GENERIC) None, "";
        INTEGER = "numpy" "integer" (NUMBER) None, "";
        SIGNED_INTEGER = "numpy" "signedinteger" (INTEGER) None, "";
        UNSIGNED_INTEGER = "numpy" "unsignedinteger" (INTEGER) None, "";
        INEXACT = "numpy" "inexact" (NUMBER) None, "";
        FLOATING = "numpy" "floating" (INEXACT) None, "";
        COMPLEX_FLOATING = "numpy" "complexfloating" (INEXACT) None, "";
        FLEXIBLE = "numpy" "flexible" (GENERIC) None, "";
        CHARACTER = "numpy" "character" (FLEXIBLE) None, "";
        STR_ = "numpy" "str_" (STR, CHARACTER) Some(Type::Str), "np.str_";
        BYTES_ = "numpy" "bytes_" (BYTES, CHARACTER) Some(Type::Bytes), "np.bytes_";
        VOID = "numpy" "void" (FLEXIBLE) Some(Type::Void), "np.void";
        RECORD = "numpy" "record" (VOID) None, "";
        CHARARRAY = "numpy.char" "chararray" (NDARRAY) None, "np.char.chararray";
        RECARRAY = "numpy" "recarray" (NDARRAY) None, "np.recarray";
        OBJECT_ = "numpy" "object_" (GENERIC) Some(Type::Object), "np.object_";
        DATETIME64 = "numpy" "datetime64" (GENERIC) Some(Type::DateTime64), "np.datetime64";
        TIMEDELTA64 = "numpy" "timedelta64" (SIGNED_INTEGER) Some(Type::TimeDelta64), "np.timedelta64";
        BUSDAYCALENDAR = "numpy" "busdaycalendar" () None, "np.busdaycalendar";
        DATE = "datetime" "date" () None, "datetime.date";
        DATETIME = "datetime" "datetime" (DATE) None, "datetime.datetime";
        TIMEDELTA = "datetime" "timedelta" () None, "datetime.timedelta";
        BOOL_ = "numpy" "bool" (GENERIC) Some(Type::Bool), "np.bool";
        INT8 = "numpy" "int8" (SIGNED_INTEGER) Some(Type::Int8), "np.int8";
        INT16 = "numpy" "int16" (SIGNED_INTEGER) Some(Type::Int16), "np.int16";
        INT32 = "numpy" "int32" (SIGNED_INTEGER) Some(Type::Int32), "np.int32";
        INT64 = "numpy" "int64" (SIGNED_INTEGER) Some(Type::Int64), "np.int64";
        UINT8 = "numpy" "uint8" (UNSIGNED_INTEGER) Some(Type::UInt8), "np.uint8";
        UINT16 = "numpy" "uint16" (UNSIGNED_INTEGER) Some(Type::UInt16), "np.uint16";
        UINT32 = "numpy" "uint32" (UNSIGNED_INTEGER) Some(Type::UInt32), "np.uint32";
        UINT64 = "numpy" "uint64" (UNSIGNED_INTEGER) Some(Type::UInt64), "np.uint64";
        FLOAT16 = "numpy" "float16" (FLOATING) Some(Type::Float16), "np.float16";
        FLOAT32 = "numpy" "float32" (FLOATING) Some(Type::Float32), "np.float32";
        FLOAT64 = "numpy" "float64" (FLOATING, FLOAT) Some(Type::Float64), "np.float64";
        COMPLEX64 = "numpy" "complex64" (COMPLEX_FLOATING) Some(Type::Complex64), "np.complex64";
        COMPLEX128 = "numpy" "complex128" (COMPLEX_FLOATING, COMPLEX) Some(Type::Complex128), "np.complex128";
        DTYPE_BYTES = "numpy.dtypes" "BytesDType" (DTYPE) None, "";
        DTYPE_STR = "numpy.dtypes" "StrDType" (DTYPE) None, "";
        DTYPE_VOID = "numpy.dtypes" "VoidDType" (DTYPE) None, "";
        DTYPE_DATETIME64 = "numpy.dtypes" "DateTime64DType" (DTYPE) None, "";
        DTYPE_TIMEDELTA64 = "numpy.dtypes" "TimeDelta64DType" (DTYPE) None, "";
        DTYPE_OBJECT = "numpy.dtypes" "ObjectDType" (DTYPE) None, "";
        MAPPING_PROXY = "builtins" "mappingproxy" () None, "";
        DTYPE_BOOL = "numpy.dtypes" "BoolDType" (DTYPE) None, "";
        DTYPE_INT8 = "numpy.dtypes" "Int8DType" (DTYPE) None, "";
        DTYPE_INT16 = "numpy.dtypes" "Int16DType" (DTYPE) None, "";
        DTYPE_INT32 = "numpy.dtypes" "Int32DType" (DTYPE) None, "";
        DTYPE_INT64 = "numpy.dtypes" "Int64DType" (DTYPE) None, "";
        DTYPE_UINT8 = "numpy.dtypes" "UInt8DType" (DTYPE) None, "";
        DTYPE_UINT16 = "numpy.dtypes" "UInt16DType" (DTYPE) None, "";
        DTYPE_UINT32 = "numpy.dtypes" "UInt32DType" (DTYPE) None, "";
        DTYPE_UINT64 = "numpy.dtypes" "UInt64DType" (DTYPE) None, "";
        DTYPE_FLOAT16 = "numpy.dtypes" "Float16DType" (DTYPE) None, "";
        DTYPE_FLOAT32 = "numpy.dtypes" "Float32DType" (DTYPE) None, "";
        DTYPE_FLOAT64 = "numpy.dtypes" "Float64DType" (DTYPE) None, "";
        DTYPE_COMPLEX64 = "numpy.dtypes" "Complex64DType" (DTYPE) None, "";
        DTYPE_COMPLEX128 = "numpy.dtypes" "Complex128DType" (DTYPE) None, "";
    }

    /// The class of an array.
    pub fn of_array(array: &crate::array::NdArray) -> &'static Class {
        match array.subclass() {
            crate::array::Subclass::Plain => &NDARRAY,
            crate::array::Subclass::Memmap(_) => &MEMMAP,
        }
    }

    /// The class of NumPy's scalars of type `ty`.
    pub fn of_scalar(ty: Type) -> &'static Class {
        match ty {
            Type::Bool => &BOOL_,
            Type::Int8 => &INT8,
            Type::UInt8 => &UINT8,
            Type::Int16 => &INT16,
            Type::UInt16 => &UINT16,
            Type::Int32 => &INT32,
            Type::UInt32 => &UINT32,
            Type::Int64 => &INT64,
            Type::UInt64 => &UINT64,
            Type::Float16 => &FLOAT16,
            Type::Float32 => &FLOAT32,
            Type::Float64 => &FLOAT64,
            Type::Complex64 => &COMPLEX64,
            Type::Complex128 => &COMPLEX128,
            Type::Object => &OBJECT_,
            Type::Bytes => &BYTES_,
            Type::Str => &STR_,
            Type::Void => &VOID,
            Type::DateTime64 => &DATETIME64,
            Type::TimeDelta64 => &TIMEDELTA64,
        }
    }

    /// The class of dtypes of type `ty`.
    pub fn of_dtype(ty: Type) -> &'static Class {
        match ty {
            Type::Bool => &DTYPE_BOOL,
            Type::Int8 => &DTYPE_INT8,
            Type::UInt8 => &DTYPE_UINT8,
            Type::Int16 => &DTYPE_INT16,
            Type::UInt16 => &DTYPE_UINT16,
            Type::Int32 => &DTYPE_INT32,
            Type::UInt32 => &DTYPE_UINT32,
            Type::Int64 => &DTYPE_INT64,
            Type::UInt64 => &DTYPE_UINT64,
            Type::Float16 => &DTYPE_FLOAT16,
            Type::Float32 => &DTYPE_FLOAT32,
            Type::Float64 => &DTYPE_FLOAT64,
            Type::Complex64 => &DTYPE_COMPLEX64,
            Type::Complex128 => &DTYPE_COMPLEX128,
            Type::Object => &DTYPE_OBJECT,
            Type::Bytes => &DTYPE_BYTES,
            Type::Str => &DTYPE_STR,
            Type::Void => &DTYPE_VOID,
            Type::DateTime64 => &DTYPE_DATETIME64,
            Type::TimeDelta64 => &DTYPE_TIMEDELTA64,
        }
    }
}
