# flags: five facts that follow from shape, strides, base and dtype.
import numpy as np

a = np.arange(6).reshape(2, 3)
print(a.flags)

# A row of length 1 or a single axis is contiguous both ways.
print(a[0:1].flags.c_contiguous, a[0:1].flags.f_contiguous)

# A column is neither.
column = a[:, 1]
print(column.flags.c_contiguous, column.flags.f_contiguous, column.strides)

# The transposed array is in Fortran's order.
print(a.T.flags["F_CONTIGUOUS"], a.T.flags.fnc)

# Writing can be forbidden; views inherit that.
fixed = np.ones(3)
fixed.flags.writeable = False
part = fixed[1:]
print(part.flags.writeable)

# Bytes that do not start at a multiple of the itemsize are not aligned.
raw = np.zeros(17, dtype=np.uint8)
odd = raw[1:].view(np.float64)
print(odd.flags.aligned)
