// Functions whose results are the same on every machine: they use addition, multiplication, division and the square
// root alone, which IEEE 754 defines to the last bit. Those of the C library differ by library and processor in the
// last digits.
#pragma once

#include <cstdint>

namespace assay::portable {

double exp(double x);  // relative error below 1e-15; 0 below -700, the greatest finite result above 700
double log(double x);  // of x > 0
double power(double base, double exponent);  // of base > 0

// The probability that a standard normal variable is below x; absolute error below 1e-15 (G. Marsaglia, "Evaluating the
// normal distribution", Journal of Statistical Software 11(4), 2004).
double normal_probability(double x);
// Its inverse for 0 < p < 1; relative error about 1e-16 (M. J. Wichura, "Algorithm AS 241: the percentage points of the
// normal distribution", Applied Statistics 37(3), 1988, PPND16).
double normal_quantile(double p);

double log_factorial(std::uint64_t n);  // of n up to 2^53: exact sum below 20, Stirling's series above

}  // namespace assay::portable
