//! How does NumPy lay out the digits of one floating-point number?
//!
//! These are the two layouts behind every printed float of NumPy: `np.format_float_positional` and
//! `np.format_float_scientific`, with all their parameters (`FormatPositional` and `FormatScientific` in `dragon4.c`).
//! They take digits from `text::digits` and add sign, point, zeros and padding.

use super::digits::{Cutoff, DigitMode, Float, LONGEST, Parts, generate_digits};
use super::error::FormatError;

/// What becomes of trailing zeros, NumPy's `trim`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Trim {
    /// `'k'`: keep trailing zeros and the point.
    #[default]
    Keep,
    /// `'.'`: drop trailing zeros, keep the point.
    Zeros,
    /// `'0'`: drop trailing zeros, but leave one right after the point.
    LeaveOneZero,
    /// `'-'`: drop trailing zeros and a bare point.
    PointAndZeros,
}

/// The parameters of `np.format_float_positional`, with its defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Positional {
    /// The most digits to print; must be given if not `unique`.
    pub precision: Option<u32>,
    /// Shortest digits that are unique, cut at the precision; else exact digits up to the precision.
    pub unique: bool,
    /// Digit counts are of digits past the point; else of all significant digits.
    pub fractional: bool,
    /// What becomes of trailing zeros.
    pub trim: Trim,
    /// Print `+` too.
    pub sign: bool,
    /// Pad with spaces to so many characters left of the point.
    pub pad_left: Option<u32>,
    /// Pad with spaces to so many characters right of the point.
    pub pad_right: Option<u32>,
    /// The fewest digits to print in unique mode.
    pub min_digits: Option<u32>,
}

impl Default for Positional {
    fn default() -> Positional {
        Positional {
            precision: None,
            unique: true,
            fractional: true,
            trim: Trim::Keep,
            sign: false,
            pad_left: None,
            pad_right: None,
            min_digits: None,
        }
    }
}

/// The parameters of `np.format_float_scientific`, with its defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scientific {
    /// The most digits to print after the point; must be given if not `unique`.
    pub precision: Option<u32>,
    /// Shortest digits that are unique, cut at the precision; else exact digits up to the precision.
    pub unique: bool,
    /// What becomes of trailing zeros.
    pub trim: Trim,
    /// Print `+` too.
    pub sign: bool,
    /// Pad with spaces to so many characters left of the point.
    pub pad_left: Option<u32>,
    /// The fewest digits of the exponent; two by default.
    pub exp_digits: Option<u32>,
    /// The fewest digits to print after the point in unique mode.
    pub min_digits: Option<u32>,
}

impl Default for Scientific {
    fn default() -> Scientific {
        Scientific {
            precision: None,
            unique: true,
            trim: Trim::Keep,
            sign: false,
            pad_left: None,
            exp_digits: None,
            min_digits: None,
        }
    }
}

fn check_digit_counts(unique: bool, precision: Option<u32>, min_digits: Option<u32>) -> Result<(), FormatError> {
    match (precision, min_digits) {
        (Some(precision), Some(least)) if precision > 0 && least > precision => {
            Err(FormatError::value("min_digits must be less than or equal to precision"))
        }
        (None, _) if !unique => Err(FormatError::new("TypeError", "in non-unique mode `precision` must be supplied")),
        _ => Ok(()),
    }
}

fn too_large() -> FormatError {
    FormatError::new("RuntimeError", "Float formatting result too large")
}

/// Sign text of a number, or the whole text if it is not finite.
fn begin(parts: Parts, sign: bool) -> Result<&'static str, &'static str> {
    let text = |negative, minus, plus, none| match (negative, sign) {
        (true, _) => minus,
        (false, true) => plus,
        (false, false) => none,
    };
    match parts {
        Parts::Nan { .. } => Err("nan"),
        Parts::Infinite { negative } => Err(text(negative, "-inf", "+inf", "inf")),
        Parts::Finite { negative, .. } => Ok(text(negative, "-", "+", "")),
    }
}

/// The text of `np.format_float_positional(value, ...)`.
///
/// Errors: NumPy's for contradicting parameters, and for results of more than 16383 characters.
pub fn format_positional(value: impl Float, options: &Positional) -> Result<String, FormatError> {
    let Positional { precision, unique, fractional, trim, min_digits, .. } = *options;
    if !fractional && precision == Some(0) {
        return Err(FormatError::value("precision must be greater than 0 if fractional=False"));
    }
    check_digit_counts(unique, precision, min_digits)?;
    let sign = match begin(value.take_apart(), options.sign) {
        Ok(sign) => sign,
        Err(whole) => return Ok(whole.to_string()),
    };
    let longest = LONGEST as usize;
    let mode = if unique { DigitMode::Unique } else { DigitMode::Exact };
    let cutoff = if fractional { Cutoff::Fraction } else { Cutoff::Total };
    let number = generate_digits(value, mode, cutoff, precision, min_digits);

    let digits = number.digits.as_slice();
    let (whole, mut fraction) = match usize::try_from(number.exponent) {
        Ok(exponent) => {
            let (whole, fraction) = digits.split_at(digits.len().min(exponent + 1));
            let mut whole = whole.to_vec();
            whole.resize(exponent + 1, b'0');
            (whole, fraction.to_vec())
        }
        Err(_) => {
            let mut fraction = vec![b'0'; (-number.exponent - 1) as usize];
            fraction.extend_from_slice(digits);
            (vec![b'0'], fraction)
        }
    };

    let wanted = if unique { min_digits } else { precision }.unwrap_or(0) as usize;
    let wanted = if fractional { wanted } else { wanted.saturating_sub(whole.len()) };
    let point = finish_fraction(&mut fraction, trim, wanted.min(longest + 1));

    let mut right = fraction.len();
    let mut text = String::from(sign);
    text.extend(whole.iter().map(|&digit| char::from(digit)));
    if point {
        text.push('.');
    }
    text.extend(fraction.iter().map(|&digit| char::from(digit)));
    if let Some(pad) = options.pad_right.map(|pad| pad as usize)
        && pad >= right
    {
        // Without a point, a space keeps its column.
        if trim == Trim::PointAndZeros && right == 0 {
            text.push(' ');
        }
        if pad > longest {
            return Err(too_large());
        }
        while right < pad {
            text.push(' ');
            right += 1;
        }
    }
    let left = sign.len() + whole.len();
    let pad = options.pad_left.map_or(0, |pad| pad as usize).saturating_sub(left);
    if text.len().saturating_add(pad) > longest {
        return Err(too_large());
    }
    text.insert_str(0, &" ".repeat(pad));
    Ok(text)
}

/// Adds or drops zeros at the end of the fraction as `trim` says, and tells whether there is a point.
fn finish_fraction(fraction: &mut Vec<u8>, trim: Trim, wanted: usize) -> bool {
    if trim == Trim::Keep {
        if fraction.len() < wanted {
            fraction.resize(wanted, b'0');
        }
        return true;
    }
    while fraction.last() == Some(&b'0') {
        fraction.pop();
    }
    if trim == Trim::LeaveOneZero && fraction.is_empty() {
        fraction.push(b'0');
    }
    trim != Trim::PointAndZeros || !fraction.is_empty()
}

/// The text of `np.format_float_scientific(value, ...)`.
///
/// Errors: NumPy's for contradicting parameters. A text of more than 16383 characters is cut, as in NumPy.
pub fn format_scientific(value: impl Float, options: &Scientific) -> Result<String, FormatError> {
    let Scientific { precision, unique, trim, min_digits, .. } = *options;
    check_digit_counts(unique, precision, min_digits)?;
    let sign = match begin(value.take_apart(), options.sign) {
        Ok(sign) => sign,
        Err(whole) => return Ok(whole.to_string()),
    };
    let mode = if unique { DigitMode::Unique } else { DigitMode::Exact };
    let one_more = |count: Option<u32>| count.map(|count| count.saturating_add(1));
    let number = generate_digits(value, mode, Cutoff::Total, one_more(precision), one_more(min_digits));

    let (first, rest) = number.digits.split_at(1);
    let mut fraction = rest.to_vec();
    let wanted = if unique { min_digits } else { precision }.unwrap_or(0).min(LONGEST) as usize;
    let had_fraction = !fraction.is_empty();
    let point = finish_fraction(&mut fraction, trim, wanted) || had_fraction;

    let pad = options.pad_left.map_or(0, |pad| pad as usize).saturating_sub(1 + sign.len());
    let mut text = " ".repeat(pad.min(LONGEST as usize));
    text.push_str(sign);
    text.extend(first.iter().map(|&digit| char::from(digit)));
    if point {
        text.push('.');
    }
    text.extend(fraction.iter().map(|&digit| char::from(digit)));
    let mark = if number.exponent < 0 { '-' } else { '+' };
    let width = options.exp_digits.unwrap_or(2).min(5) as usize;
    text.extend(['e', mark]);
    if number.exponent != 0 || width > 0 {
        text.push_str(&format!("{:0width$}", number.exponent.unsigned_abs()));
    }
    text.truncate(LONGEST as usize);
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::half::F16;
    use proptest::prelude::*;

    fn positional(options: Positional) -> impl Fn(f64) -> String {
        move |value| format_positional(value, &options).unwrap()
    }

    fn scientific(options: Scientific) -> impl Fn(f64) -> String {
        move |value| format_scientific(value, &options).unwrap()
    }

    #[test]
    fn cuts_unique_digits_by_the_exact_value() {
        let cut = |precision| positional(Positional { precision: Some(precision), ..Positional::default() });
        assert_eq!(cut(1)(0.15), "0.1");
        assert_eq!(cut(2)(2.675), "2.67");
        assert_eq!(cut(0)(2.5), "2.");
        assert_eq!(cut(0)(3.5), "4.");
        assert_eq!(cut(2)(0.004), "0.00");
        assert_eq!(cut(2)(0.006), "0.01");
        assert_eq!(cut(3)(5e-324), "0.000");
    }

    #[test]
    fn keeps_zeros_that_were_digits_but_not_those_of_a_carry() {
        let cut = positional(Positional { precision: Some(3), ..Positional::default() });
        assert_eq!(cut(1.50012345), "1.500");
        assert_eq!(cut(1.4999678), "1.5");
        assert_eq!(cut(9.9996), "10.");
    }

    #[test]
    fn adds_exact_digits_up_to_the_minimum() {
        let at_least = |least| positional(Positional { min_digits: Some(least), ..Positional::default() });
        assert_eq!(at_least(4)(0.5), "0.5000");
        assert_eq!(at_least(20)(1.0 / 3.0), "0.33333333333333331483");
        assert_eq!(at_least(16)(2.0_f64.powi(-44)), "0.00000000000005684341886080802");
    }

    #[test]
    fn prints_the_exact_expansion() {
        let exact =
            |precision| positional(Positional { unique: false, precision: Some(precision), ..Positional::default() });
        assert_eq!(exact(3)(1e23), "99999999999999991611392.000");
        assert_eq!(exact(60)(0.1), "0.100000000000000005551115123125782702118158340454101562500000");
    }

    #[test]
    fn counts_significant_digits_if_told() {
        let total = |precision| {
            positional(Positional { fractional: false, precision: Some(precision), ..Positional::default() })
        };
        assert_eq!(total(4)(123456.789), "123500.");
        assert_eq!(total(3)(0.000123456), "0.000123");
    }

    #[test]
    fn pads_and_trims() {
        let base = Positional::default();
        assert_eq!(positional(Positional { pad_left: Some(6), pad_right: Some(5), ..base })(-1.5), "    -1.5    ");
        assert_eq!(positional(Positional { trim: Trim::PointAndZeros, pad_right: Some(3), ..base })(7.0), "7    ");
        assert_eq!(positional(Positional { trim: Trim::LeaveOneZero, ..base })(7.0), "7.0");
        assert_eq!(positional(Positional { trim: Trim::Zeros, sign: true, ..base })(7.0), "+7.");
        assert_eq!(positional(Positional { sign: true, pad_left: Some(9), ..base })(f64::INFINITY), "+inf");
        assert_eq!(positional(base)(-0.0), "-0.");
        assert_eq!(positional(base)(-f64::NAN), "nan");
    }

    #[test]
    fn lays_out_scientifically() {
        let base = Scientific::default();
        let bare = Scientific { trim: Trim::PointAndZeros, ..base };
        assert_eq!(scientific(base)(299792458.0), "2.99792458e+08");
        assert_eq!(scientific(Scientific { precision: Some(3), ..base })(299792458.0), "2.998e+08");
        assert_eq!(scientific(Scientific { precision: Some(4), unique: false, ..base })(1.0), "1.0000e+00");
        assert_eq!(scientific(bare)(1.0), "1e+00");
        assert_eq!(scientific(Scientific { precision: Some(2), unique: false, ..bare })(1.0001), "1.e+00");
        assert_eq!(scientific(Scientific { trim: Trim::LeaveOneZero, exp_digits: Some(3), ..base })(1.0), "1.0e+000");
        assert_eq!(scientific(Scientific { exp_digits: Some(1), sign: true, ..base })(1e-300), "+1.e-300");
        assert_eq!(scientific(Scientific { exp_digits: Some(0), ..base })(6.0), "6.e+");
        assert_eq!(scientific(Scientific { min_digits: Some(2), pad_left: Some(4), ..base })(0.0), "   0.00e+00");
        let five = Scientific { precision: Some(5), min_digits: Some(5), ..base };
        assert_eq!(scientific(five)(-2.0 / 3.0), "-6.66667e-01");
    }

    #[test]
    fn knows_the_smaller_types() {
        let unique = Positional::default();
        assert_eq!(format_positional(1.0_f32 / 3.0, &unique).unwrap(), "0.33333334");
        assert_eq!(format_positional(f32::MAX, &unique).unwrap(), "340282350000000000000000000000000000000.");
        for (value, text) in [(0.1, "0.1"), (65504.0, "65500."), (6e-8, "0.00000006"), (1.0 / 3.0, "0.3333")] {
            assert_eq!(format_positional(F16::from_f64(value), &unique).unwrap(), text);
        }
        let exact = Positional { unique: false, precision: Some(12), ..unique };
        assert_eq!(format_positional(F16::from_f64(0.1), &exact).unwrap(), "0.099975585938");
        assert_eq!(format_positional(1e-45_f32, &exact).unwrap(), "0.000000000000");
    }

    #[test]
    fn refuses_what_numpy_refuses() {
        let base = Positional::default();
        let message = |options: Positional| format_positional(1.0, &options).unwrap_err().to_string();
        assert_eq!(
            message(Positional { precision: Some(2), min_digits: Some(3), ..base }),
            "ValueError: min_digits must be less than or equal to precision"
        );
        assert_eq!(
            message(Positional { precision: Some(0), fractional: false, ..base }),
            "ValueError: precision must be greater than 0 if fractional=False"
        );
        assert_eq!(
            message(Positional { unique: false, ..base }),
            "TypeError: in non-unique mode `precision` must be supplied"
        );
        assert_eq!(
            message(Positional { unique: false, precision: Some(20000), ..base }),
            "RuntimeError: Float formatting result too large"
        );
    }

    proptest! {
        #[test]
        fn never_panics(
            bits: u64,
            precision: Option<u32>,
            least: Option<u32>,
            pad in proptest::option::of(0u32..20000),
            unique: bool,
            fractional: bool,
        ) {
            let value = f64::from_bits(bits);
            let (precision, min_digits) = (precision.map(|count| count % 20000), least.map(|count| count % 20000));
            let options =
                Positional { precision, unique, fractional, min_digits, pad_left: pad, ..Positional::default() };
            let _ = format_positional(value, &options);
            let options = Scientific { precision, unique, min_digits, pad_left: pad, ..Scientific::default() };
            let _ = format_scientific(value, &options);
        }
    }
}
