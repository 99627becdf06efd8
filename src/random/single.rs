//! Continuous distributions in single precision.

use super::Source;
use super::continuous::{EXPONENTIAL_TAIL, NORMAL_TAIL, NORMAL_TAIL_INVERSE, gamma_of};
use super::ziggurat_tables::{EXPONENTIAL_SINGLE, NORMAL_SINGLE};

/// log(1 + x), rounded once from double precision, as NumPy does it here.
fn log1p(x: f32) -> f32 {
    f64::from(x).ln_1p() as f32
}

/// Uniform in [0, 1).
#[inline]
pub fn standard_uniform(source: &mut Source) -> f32 {
    source.bits.next_float()
}

/// Exponential with mean 1, by the ziggurat.
#[inline]
pub fn standard_exponential(source: &mut Source) -> f32 {
    loop {
        let bits = source.bits.next_u32() >> 1;
        let level = (bits & 0xff) as usize;
        let place = bits >> 8;
        let x = place as f32 * EXPONENTIAL_SINGLE.width[level];
        if place < EXPONENTIAL_SINGLE.inside[level] {
            return x;
        }
        if level == 0 {
            return EXPONENTIAL_TAIL as f32 - log1p(-source.bits.next_float());
        }
        let (above, below) = (EXPONENTIAL_SINGLE.height[level - 1], EXPONENTIAL_SINGLE.height[level]);
        if (above - below) * source.bits.next_float() + below < (-x).exp() {
            return x;
        }
    }
}

/// Exponential with mean 1, by inversion.
#[inline]
pub fn standard_exponential_inverse(source: &mut Source) -> f32 {
    -log1p(-source.bits.next_float())
}

/// Normal with mean 0 and deviation 1, by the ziggurat.
#[inline]
pub fn standard_normal(source: &mut Source) -> f32 {
    loop {
        let bits = source.bits.next_u32();
        let level = (bits & 0xff) as usize;
        let place = (bits >> 9) & 0x007f_ffff;
        let size = place as f32 * NORMAL_SINGLE.width[level];
        let x = if (bits >> 8) & 1 == 1 { -size } else { size };
        if place < NORMAL_SINGLE.inside[level] {
            return x;
        }
        if level == 0 {
            loop {
                let far = -(NORMAL_TAIL_INVERSE as f32) * log1p(-source.bits.next_float());
                let y = -log1p(-source.bits.next_float());
                if y + y > far * far {
                    let far = NORMAL_TAIL as f32 + far;
                    return if (place >> 8) & 1 == 1 { -far } else { far };
                }
            }
        }
        let (above, below) = (NORMAL_SINGLE.height[level - 1], NORMAL_SINGLE.height[level]);
        let height = (above - below) * source.bits.next_float() + below;
        let x_wide = f64::from(x);
        if f64::from(height) < (-0.5 * x_wide * x_wide).exp() {
            return x;
        }
    }
}

/// Gamma with scale 1.
pub fn standard_gamma(source: &mut Source, shape: f32) -> f32 {
    gamma_of(source, shape, standard_uniform, standard_exponential, standard_normal)
}
