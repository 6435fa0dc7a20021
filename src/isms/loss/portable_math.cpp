#include "isms/loss/portable_math.h"

#include <array>
#include <cmath>

namespace assay::portable {
namespace {

// ln 2 in two parts: the first has trailing zeros, so that its product with a small whole number is exact.
constexpr double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;
constexpr double half_log_two_pi = 0.91893853320467274178;

// c[0] + c[1] x + … by Horner's rule.
template <std::size_t N>
double polynomial(const std::array<double, N>& c, double x) {
  double sum = c[N - 1];
  for (std::size_t i = N - 1; i-- > 0;) sum = sum * x + c[i];
  return sum;
}

}  // namespace

double exp(double x) {
  if (x < -700) return 0;
  if (x > 700) x = 700;
  const double twos = std::floor(x * 1.44269504088896340736 + 0.5);
  const double rest = (x - twos * ln2_high) - twos * ln2_low;
  double sum = 1;
  for (int n = 14; n > 0; --n) sum = 1 + sum * rest / n;
  return std::ldexp(sum, static_cast<int>(twos));
}

double log(double x) {
  int twos = 0;
  double part = std::frexp(x, &twos);
  if (part < 0.70710678118654752440) {
    part *= 2;
    --twos;
  }
  // ln m = 2 (s + s³/3 + s⁵/5 + …) with s = (m - 1) / (m + 1), |s| < 0.172.
  const double s = (part - 1) / (part + 1), square = s * s;
  double sum = 0;
  for (int n = 25; n > 0; n -= 2) sum = sum * square + 1.0 / n;
  return twos * ln2_high + (2 * s * sum + twos * ln2_low);
}

double power(double base, double exponent) { return exp(exponent * log(base)); }

double normal_probability(double x) {
  if (x < -8.3) return 0;
  if (x > 8.3) return 1;
  double sum = x, before = 0, term = x;
  for (int i = 3; sum != before; i += 2) {
    before = sum;
    term *= x * x / i;
    sum += term;
  }
  return 0.5 + sum * exp(-0.5 * x * x - half_log_two_pi);
}

double normal_quantile(double p) {
  static constexpr std::array a{3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                                1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                                3.3430575583588128105e4, 2.5090809287301226727e3};
  static constexpr std::array b{1.0,
                                4.2313330701600911252e1,
                                6.8718700749205790830e2,
                                5.3941960214247511077e3,
                                2.1213794301586595867e4,
                                3.9307895800092710610e4,
                                2.8729085735721942674e4,
                                5.2264952788528545610e3};
  static constexpr std::array c{1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                                3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                                2.27238449892691845833e-2, 7.74545014278341407640e-4};
  static constexpr std::array d{1.0,
                                2.05319162663775882187e0,
                                1.67638483018380384940e0,
                                6.89767334985100004550e-1,
                                1.48103976427480074590e-1,
                                1.51986665636164571966e-2,
                                5.47593808499534494600e-4,
                                1.05075007164441684324e-9};
  static constexpr std::array e{6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                2.71155556874348757815e-5, 2.01033439929228813265e-7};
  static constexpr std::array f{1.0,
                                5.99832206555887937690e-1,
                                1.36929880922735805310e-1,
                                1.48753612908506148525e-2,
                                7.86869131145613259100e-4,
                                1.84631831751005468180e-5,
                                1.42151175831644588870e-7,
                                2.04426310338993978564e-15};
  const double from_middle = p - 0.5;
  if (std::fabs(from_middle) <= 0.425) {
    const double r = 0.180625 - from_middle * from_middle;
    return from_middle * polynomial(a, r) / polynomial(b, r);
  }
  const double r = std::sqrt(-log(from_middle < 0 ? p : 1 - p));
  const double tail =
      r <= 5 ? polynomial(c, r - 1.6) / polynomial(d, r - 1.6) : polynomial(e, r - 5) / polynomial(f, r - 5);
  return from_middle < 0 ? -tail : tail;
}

double log_factorial(std::uint64_t n) {
  if (n < 20) {
    double product = 1;
    for (std::uint64_t k = 2; k <= n; ++k) product *= static_cast<double>(k);
    return log(product);
  }
  const double x = static_cast<double>(n) + 1, inverse = 1 / x, square = inverse * inverse;
  const double series = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
  return (x - 0.5) * log(x) - x + half_log_two_pi + series;
}

}  // namespace assay::portable
