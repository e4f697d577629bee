// Elementary functions whose every bit is the same in every host. C libraries differ in the last
// place of sin, exp, log and atan; these use only + - * / and sqrt, which IEEE 754 fixes.
// Errors are at most 2 units in the last place over the stated ranges.
#pragma once

namespace plimsoll {

struct SinCos {
  double sin = 0.0;
  double cos = 0.0;
};

// Sine and cosine of 2 pi `turns`, for any finite argument of fewer than 2^52 turns.
// Worked number: sin_cos_turns(1.0 / 12) is (0.5, 0.8660254037844386).
SinCos sin_cos_turns(double turns);

// Sine and cosine of `radians`. The reduction to a turn costs a relative 2^-53 of the argument:
// meant for arguments below some thousands.
SinCos sin_cos(double radians);

// e^x; 0 below -745.2 and the largest double above 709.7 (never infinity).
double exp(double x);

// Natural logarithm; requires x > 0 and finite.
double log(double x);

// Arc tangent of x >= 0, in [0, pi/2].
double atan_positive(double x);

}  // namespace plimsoll
