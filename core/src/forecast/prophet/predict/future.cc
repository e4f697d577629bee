#include "forecast/prophet/predict/future.h"

namespace plimsoll {

Future::Future(const FittedModel& model, const Frame& frame)
    : model_(&model),
      frame_(&frame),
      cap_(frame.column("cap")),
      floor_(model.scaling.has_floor ? frame.column("floor") : nullptr),
      features_(features_of(model.terms)),
      rows_(model.terms, frame),
      trend_(model) {}

Bounds Future::bounds(Eigen::Index row) const {
  return {cap_ != nullptr ? (*cap_)[row] : 0.0,
          floor_ != nullptr ? (*floor_)[row] : model_->scaling.y_offset};
}

double Future::t(Eigen::Index row) const {
  return scaled_time(model_->scaling, frame_->ds[static_cast<std::size_t>(row)]);
}

Moment Future::at(Eigen::Index row) const {
  const auto at = static_cast<std::size_t>(row);
  Moment moment;
  moment.trend = trend_.at(frame_->ds[at], bounds(row));
  moment.features.resize(features_.size());
  rows_.row(at, moment.features.data());
  for (std::size_t i = 0; i < features_.size(); ++i) {
    const double term = moment.features[i] * model_->params.beta[static_cast<Eigen::Index>(i)];
    if (features_[i].mode == TermMode::kMultiplicative) {
      moment.factor += term;
    } else {
      moment.added += term;
    }
  }
  moment.added *= model_->scaling.y_scale;
  return moment;
}

}  // namespace plimsoll
