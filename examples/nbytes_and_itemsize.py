# nbytes and itemsize: what they count, and what they do not.
import numpy as np

a = np.arange(10, dtype=np.int32)
print(f"{a.size} elements of {a.itemsize} bytes: {a.nbytes} bytes")
print(a.nbytes == a.size * a.itemsize)

# The dtype decides the itemsize.
print(np.dtype(np.float64).itemsize, np.dtype(np.float16).itemsize, np.dtype(bool).itemsize)

# A view shows as many bytes as it has elements, not as many as it keeps alive.
big = np.zeros(1_000_000)
head = big[:10]
print(big.nbytes, head.nbytes)

# nbytes of a broadcast array counts every element one sees. There is one row of bytes.
row = np.arange(3.0)
table = np.broadcast_to(row, (1000, 3))
print(table.nbytes, row.nbytes, table.strides)

# Python's getsizeof adds the header, and counts the bytes only of an owner.
import sys
print(sys.getsizeof(row) - row.nbytes, sys.getsizeof(row[:]))

# A narrower dtype halves the bytes, and is a copy.
half = big.astype(np.float32)
print(half.nbytes, np.shares_memory(big, half))
