#include "forecast/prophet/terms/trend_function.h"

#include <algorithm>
#include <limits>

#include "math/portable_math.h"

namespace plimsoll {

double logistic(double x) { return 1.0 / (1.0 + exp(-x)); }

TrendPiece changed_piece(const TrendPiece& before, double t, double delta) {
  return {t, before.slope + delta, before.offset - t * delta};
}

std::vector<TrendPiece> pieces_of(const Parameters& params, const Eigen::VectorXd& s,
                                  Growth growth) {
  const double offset = growth == Growth::kLogistic ? -params.k * params.m : params.m;
  std::vector<TrendPiece> pieces = {{-std::numeric_limits<double>::infinity(), params.k, offset}};
  for (Eigen::Index j = 0; j < params.delta.size(); ++j) {
    if (params.delta[j] == 0.0) continue;
    pieces.push_back(changed_piece(pieces.back(), s[j], params.delta[j]));
  }
  return pieces;
}

const TrendPiece& piece_at(const std::vector<TrendPiece>& pieces, double t) {
  const auto after =
      std::upper_bound(pieces.begin(), pieces.end(), t,
                       [](double x, const TrendPiece& piece) { return x < piece.from_t; });
  return *(after - 1);
}

TrendFunction::TrendFunction(const TrainingSet& set, const Eigen::VectorXd& theta)
    : set_(&set), theta_(&theta) {}

double TrendFunction::at(double t, double scaled_cap, double* gradient) const {
  const Eigen::VectorXd& theta = *theta_;
  if (set_->config.growth == Growth::kFlat) {
    gradient[0] = 1.0;
    return theta[0];
  }
  const bool is_logistic = set_->config.growth == Growth::kLogistic;
  gradient[0] = is_logistic ? t - theta[1] : t;
  gradient[1] = is_logistic ? -theta[0] : 1.0;
  double line = is_logistic ? theta[0] * (t - theta[1]) : theta[0] * t + theta[1];
  const Eigen::Index changes = set_->changepoints.t.size();
  for (Eigen::Index j = 0; j < changes; ++j) {
    const double since = t - set_->changepoints.t[j];
    gradient[2 + j] = since > 0.0 ? since : 0.0;
    line += gradient[2 + j] * theta[2 + j];
  }
  if (!is_logistic) return line;
  const double share = logistic(line);
  for (Eigen::Index i = 0; i < 2 + changes; ++i) {
    gradient[i] *= scaled_cap * share * (1.0 - share);
  }
  return scaled_cap * share;
}

}  // namespace plimsoll
