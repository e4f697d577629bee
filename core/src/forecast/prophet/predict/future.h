// What a fitted model says of each moment of a frame: shared by prediction and simulation.
#pragma once

#include <vector>

#include "forecast/prophet/predict/trend.h"
#include "plimsoll/data/series.h"
#include "plimsoll/forecast/prophet/terms/model.h"
#include "plimsoll/forecast/prophet/terms/terms.h"

namespace plimsoll {

// yhat = trend factor + added, in the units of y.
struct Moment {
  double trend = 0.0;
  double factor = 1.0;           // 1 + multiplicative terms
  double added = 0.0;            // additive terms
  double unseen_variance = 0.0;  // scaled: of what the history never showed
  std::vector<double> features;

  [[nodiscard]] double yhat() const { return trend * factor + added; }
};

// Keeps references to the model and the frame.
class Future {
 public:
  Future(const FittedModel& model, const Frame& frame);

  [[nodiscard]] Eigen::Index size() const { return static_cast<Eigen::Index>(frame_->size()); }
  [[nodiscard]] Moment at(Eigen::Index row) const;
  [[nodiscard]] double t(Eigen::Index row) const;  // scaled time
  [[nodiscard]] Bounds bounds(Eigen::Index row) const;
  [[nodiscard]] const Trend& trend() const { return trend_; }

 private:
  const FittedModel* model_;
  const Frame* frame_;
  const Eigen::VectorXd* cap_;
  const Eigen::VectorXd* floor_;
  std::vector<Feature> features_;
  FeatureRows rows_;
  Trend trend_;
};

}  // namespace plimsoll
