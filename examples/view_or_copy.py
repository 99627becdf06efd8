# View or copy: who shares bytes with whom.
import numpy as np

a = np.arange(12)

# A slice is a view: no bytes are allocated, and a write shows in both.
v = a[2:8]
print(v.base is a)
v[0] = 99
print(a)

# copy() allocates.
c = a.copy()
c[0] = -1
print(c.base is None, a[0])

# The base of a view of a view is the owner.
w = v[::2]
print(w.base is v, w.base is a)

# Integers in a list, or a mask, gather the elements: a copy.
picked = a[[0, 1]]
masked = a[a > 5]
print(np.shares_memory(a, picked), np.shares_memory(a, masked))

# On the left of = the same index writes into the array itself.
a[[0, 1]] = 7
print(a[:3])

# base is None does not mean copy, and a base does not mean that one shares with it:
m = np.arange(6).reshape(2, 3)
flat = m.T.reshape(-1)
print(flat.base is None, np.shares_memory(m, flat))

# += changes the array in place, + makes a new one.
b = a
b += 1
print(b is a)
b = b + 1
print(b is a)
