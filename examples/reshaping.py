# Reshaping: the same bytes in another shape, as long as the strides allow it.
import numpy as np

a = np.arange(12)
b = a.reshape(3, 4)
print(b.base is a, b.strides)

# Transposing only swaps shape and strides.
t = b.T
print(t.shape, t.strides, np.shares_memory(a, t))

# The transposed rows do not follow each other in memory: flattening must copy.
flat = t.reshape(-1)
print(np.shares_memory(a, flat))

# In memory order it is a view again.
inorder = t.reshape(-1, order="F")
print(np.shares_memory(a, inorder), inorder)

# reshape can be told to refuse a copy.
s = a[::2]
print(np.shares_memory(s, s.reshape(2, 3)), np.shares_memory(s, s.ravel()))

# -1 lets the length of one axis follow from the others.
c = a.reshape(2, -1)
print(c.shape)

# resize changes the array itself, and the bytes with it.
r = np.arange(4)
r.resize((2, 4))
print(r)
