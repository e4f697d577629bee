// Dense symmetric positive definite solves with a fixed order of every sum. Eigen's own
// factorisations follow the machine's vector width, so their last bits differ between hosts.
#pragma once

#include <Eigen/Core>

namespace plimsoll {

// Replaces the lower triangle of `a` (n by n) by its Cholesky factor L, a = L L'. A pivot that has
// vanished in rounding is lifted to a relative 1e-14 of its diagonal, which turns the solve into a
// slightly damped one instead of failing.
void cholesky_factor(Eigen::MatrixXd& a);

// Solves L L' x = b in place.
void cholesky_solve(const Eigen::MatrixXd& l, Eigen::VectorXd& b);

}  // namespace plimsoll
