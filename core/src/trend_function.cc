#include "trend_function.h"

#include <algorithm>
#include <limits>

#include "portable_math.h"

namespace plimsoll {
namespace {

constexpr double kEver = -std::numeric_limits<double>::infinity();

// The offset after a changepoint at s where the slope goes from `before` to `after`.
double moved_offset(double offset, double s, double before, double after) {
  return s + (offset - s) * (before / after);
}

}  // namespace

double logistic(double x) { return 1.0 / (1.0 + exp(-x)); }

TrendPiece changed_piece(const TrendPiece& before, double t, double delta, Growth growth) {
  const double slope = before.slope + delta;
  const double offset = growth == Growth::kLogistic
                            ? moved_offset(before.offset, t, before.slope, slope)
                            : before.offset - t * delta;
  return {t, slope, offset};
}

std::vector<TrendPiece> pieces_of(const Parameters& params, const Eigen::VectorXd& s,
                                  Growth growth) {
  std::vector<TrendPiece> pieces = {{kEver, params.k, params.m}};
  for (Eigen::Index j = 0; j < params.delta.size(); ++j) {
    if (params.delta[j] == 0.0) continue;
    pieces.push_back(changed_piece(pieces.back(), s[j], params.delta[j], growth));
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
    : set_(&set), theta_(&theta) {
  if (set.config.growth != Growth::kLogistic) return;
  const Eigen::Index changes = set.changepoints.t.size();
  slopes_.resize(changes + 1);
  offsets_.resize(changes + 1);
  offset_gradients_ = Eigen::MatrixXd::Zero(2 + changes, changes + 1);
  slopes_[0] = theta[0];
  offsets_[0] = theta[1];
  offset_gradients_(1, 0) = 1.0;
  for (Eigen::Index j = 0; j < changes; ++j) {
    const double s = set.changepoints.t[j];
    const double after = slopes_[j] + theta[2 + j];
    const double ratio = slopes_[j] / after;
    slopes_[j + 1] = after;
    offsets_[j + 1] = moved_offset(offsets_[j], s, slopes_[j], after);
    // d(before / after): k and earlier deltas move both slopes, delta_j the later one only.
    const double both = (1.0 - ratio) / after;
    const double later = -ratio / after;
    for (Eigen::Index i = 0; i < 2 + changes; ++i) {
      const bool moves_both = i == 0 || (i >= 2 && i < 2 + j);
      const double change = i == 2 + j ? later : (moves_both ? both : 0.0);
      offset_gradients_(i, j + 1) = ratio * offset_gradients_(i, j) + (offsets_[j] - s) * change;
    }
  }
}

double TrendFunction::at(double t, double scaled_cap, double* gradient) const {
  switch (set_->config.growth) {
    case Growth::kFlat:
      gradient[0] = 1.0;
      return (*theta_)[0];
    case Growth::kLinear:
      return linear_at(t, gradient);
    case Growth::kLogistic:
      return logistic_at(t, scaled_cap, gradient);
  }
  return 0.0;
}

double TrendFunction::linear_at(double t, double* gradient) const {
  const Eigen::VectorXd& theta = *theta_;
  gradient[0] = t;
  gradient[1] = 1.0;
  double value = theta[0] * t + theta[1];
  for (Eigen::Index j = 0; j < set_->changepoints.t.size(); ++j) {
    const double since = t - set_->changepoints.t[j];
    gradient[2 + j] = since > 0.0 ? since : 0.0;
    value += gradient[2 + j] * theta[2 + j];
  }
  return value;
}

double TrendFunction::logistic_at(double t, double scaled_cap, double* gradient) const {
  const Eigen::VectorXd& s = set_->changepoints.t;
  const auto piece =
      static_cast<Eigen::Index>(std::upper_bound(s.data(), s.data() + s.size(), t) - s.data());
  const double slope = slopes_[piece];
  const double since = t - offsets_[piece];
  const double share = logistic(slope * since);
  const double rise = scaled_cap * share * (1.0 - share);
  for (Eigen::Index i = 0; i < 2 + s.size(); ++i) {
    const bool in_slope = i == 0 || (i >= 2 && i < 2 + piece);
    gradient[i] = rise * ((in_slope ? since : 0.0) - slope * offset_gradients_(i, piece));
  }
  return scaled_cap * share;
}

}  // namespace plimsoll
