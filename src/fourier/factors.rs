//! The factors of a length, and whether passes over them cost less than a convolution.

/// The factors for passes over complex numbers (`largest` 8) or over real ones (4), in order.
pub fn factorise(length: usize, largest: usize) -> Vec<usize> {
    let mut factors = Vec::new();
    let mut rest = length;
    let mut power = largest;
    while power >= 4 {
        while rest.is_multiple_of(power) {
            factors.push(power);
            rest /= power;
        }
        power /= 2;
    }
    if rest.is_multiple_of(2) {
        rest /= 2;
        factors.push(2);
        let last = factors.len() - 1;
        factors.swap(0, last);
    }
    let mut divisor = 3;
    while divisor * divisor <= rest {
        while rest.is_multiple_of(divisor) {
            factors.push(divisor);
            rest /= divisor;
        }
        divisor += 2;
    }
    if rest > 1 {
        factors.push(rest);
    }
    factors
}

fn largest_prime_factor(mut n: usize) -> usize {
    let mut largest = 1;
    while n.is_multiple_of(2) {
        largest = 2;
        n /= 2;
    }
    let mut x = 3;
    while x * x <= n {
        while n.is_multiple_of(x) {
            largest = x;
            n /= x;
        }
        x += 2;
    }
    if n > 1 { n } else { largest }
}

fn cost(length: usize) -> f64 {
    const PENALTY: f64 = 1.1;
    let weight = |x: usize| if x <= 5 { x as f64 } else { PENALTY * x as f64 };
    let (mut n, mut result) = (length, 0.0);
    while n.is_multiple_of(2) {
        result += 2.0;
        n /= 2;
    }
    let mut x = 3;
    while x * x <= n {
        while n.is_multiple_of(x) {
            result += weight(x);
            n /= x;
        }
        x += 2;
    }
    if n > 1 {
        result += weight(n);
    }
    result * length as f64
}

/// Whether a convolution costs less than passes, which cost `share` of those over complex numbers.
pub fn prefers_convolution(length: usize, share: f64) -> bool {
    let largest = if length < 50 { 0 } else { largest_prime_factor(length) };
    if largest * largest <= length {
        return false;
    }
    2.0 * cost(good_length(2 * length - 1)) * 1.5 < share * cost(length)
}

/// The smallest product of 2, 3, 5, 7 and 11 that is not below `n`.
pub fn good_length(n: usize) -> usize {
    if n <= 12 {
        return n;
    }
    let mut best = 2 * n;
    let mut f11 = 1;
    while f11 < best {
        let mut f7 = f11;
        while f7 < best {
            let mut f5 = f7;
            while f5 < best {
                let mut x = f5;
                while x < n {
                    x *= 2;
                }
                loop {
                    match x.cmp(&n) {
                        std::cmp::Ordering::Less => x *= 3,
                        std::cmp::Ordering::Equal => return n,
                        std::cmp::Ordering::Greater => {
                            best = best.min(x);
                            if x % 2 == 1 {
                                break;
                            }
                            x /= 2;
                        }
                    }
                }
                f5 *= 5;
            }
            f7 *= 7;
        }
        f11 *= 11;
    }
    best
}
