#include "math/least_squares.h"

#include <cmath>

namespace plimsoll {

void cholesky_factor(Eigen::MatrixXd& a) {
  const Eigen::Index n = a.rows();
  for (Eigen::Index j = 0; j < n; ++j) {
    // Column j minus what the columns before it explain; each entry has one accumulator.
    const double diagonal = a(j, j);
    double* const column = &a(0, j);
    for (Eigen::Index k = 0; k < j; ++k) {
      const double factor = a(j, k);
      const double* const earlier = &a(0, k);
      for (Eigen::Index i = j; i < n; ++i) column[i] -= earlier[i] * factor;
    }
    const double lowest = diagonal * 1e-14;
    const double pivot = std::sqrt(column[j] > lowest ? column[j] : lowest);
    column[j] = pivot;
    const double inverse = pivot > 0.0 ? 1.0 / pivot : 0.0;
    for (Eigen::Index i = j + 1; i < n; ++i) column[i] *= inverse;
  }
}

void cholesky_solve(const Eigen::MatrixXd& l, Eigen::VectorXd& b) {
  const Eigen::Index n = l.rows();
  for (Eigen::Index j = 0; j < n; ++j) {
    b[j] = l(j, j) > 0.0 ? b[j] / l(j, j) : 0.0;
    for (Eigen::Index i = j + 1; i < n; ++i) b[i] -= l(i, j) * b[j];
  }
  for (Eigen::Index j = n - 1; j >= 0; --j) {
    double sum = b[j];
    for (Eigen::Index i = j + 1; i < n; ++i) sum -= l(i, j) * b[i];
    b[j] = l(j, j) > 0.0 ? sum / l(j, j) : 0.0;
  }
}

}  // namespace plimsoll
