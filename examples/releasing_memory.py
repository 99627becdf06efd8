# Releasing memory: what frees bytes, and what only looks like it.
import numpy as np

a = np.ones(1000)

# Writing zeros frees nothing. (itemset was removed in NumPy 2; ndsh runs it to show what it did.)
a.itemset(0, 0)
a[...] = 0

# A second name: deleting one frees nothing.
b = a
del a

# A view keeps the whole buffer alive, however small it is.
tail = b[-2:]
del b
print(tail.nbytes)

# A copy of what is needed lets the rest go.
tail = tail.copy()
print(tail.base is None)

# The last name goes, and the bytes with it.
del tail
