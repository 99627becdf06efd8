//! The numbers of matrices: `f64` and `Complex64`.

use num_complex::Complex64;
use std::fmt::Debug;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A real or complex number.
pub trait Number:
    Copy
    + Debug
    + PartialEq
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
{
    /// A real number.
    fn real(x: f64) -> Self;
    /// The conjugate.
    fn conj(self) -> Self;
    /// The real part.
    fn re(self) -> f64;
    /// The imaginary part.
    fn im(self) -> f64;
    /// Times a real number.
    fn scale(self, factor: f64) -> Self;
    /// Times a real number as a complex one, which keeps fewer zeros negative.
    fn turned(self, factor: f64) -> Self {
        self.scale(factor)
    }
    /// As a complex number.
    fn complex(self) -> Complex64 {
        Complex64::new(self.re(), self.im())
    }
    /// The absolute value.
    fn size(self) -> f64;
    /// From a complex number, whose imaginary part a real type drops.
    fn from_complex(z: Complex64) -> Self;
}

impl Number for f64 {
    fn real(x: f64) -> f64 {
        x
    }
    fn conj(self) -> f64 {
        self
    }
    fn re(self) -> f64 {
        self
    }
    fn im(self) -> f64 {
        0.0
    }
    fn scale(self, factor: f64) -> f64 {
        self * factor
    }
    fn size(self) -> f64 {
        self.abs()
    }
    fn from_complex(z: Complex64) -> f64 {
        z.re
    }
}

impl Number for Complex64 {
    fn real(x: f64) -> Complex64 {
        Complex64::new(x, 0.0)
    }
    fn conj(self) -> Complex64 {
        Complex64::conj(&self)
    }
    fn re(self) -> f64 {
        self.re
    }
    fn im(self) -> f64 {
        self.im
    }
    fn scale(self, factor: f64) -> Complex64 {
        Complex64::new(self.re * factor, self.im * factor)
    }
    fn turned(self, factor: f64) -> Complex64 {
        Complex64::new(factor * self.re - 0.0 * self.im, factor * self.im + 0.0 * self.re)
    }
    fn size(self) -> f64 {
        self.norm()
    }
    fn from_complex(z: Complex64) -> Complex64 {
        z
    }
}

/// The length of a vector, without overflow.
pub fn norm<T: Number>(vector: impl Iterator<Item = T>) -> f64 {
    let (mut scale, mut sum) = (0.0f64, 1.0f64);
    let mut add = |x: f64| {
        if x != 0.0 {
            let x = x.abs();
            if scale < x {
                sum = 1.0 + sum * (scale / x) * (scale / x);
                scale = x;
            } else {
                sum += (x / scale) * (x / scale);
            }
        }
    };
    for x in vector {
        add(x.re());
        add(x.im());
    }
    scale * sum.sqrt()
}
