// A plan as a document, and parts of it that the window endpoints show too.
#pragma once

#include "codec/members.h"
#include "plimsoll/plan/plan.h"

namespace plimsoll {

struct StaleGap {
  std::int64_t gap_seconds = 0;
};

extern const Shape kPlanShape;       // of Plan
extern const Shape kChainStepShape;  // of ChainStep
extern const Shape kRecommendationWarningShape;
extern const Shape kConfidenceShape;  // of Confidence
extern const Shape kQuantitiesShape;  // of Recommendation
extern const Shape kWindowShape;      // of Window
extern const Shape kStaleShape;       // of StaleGap

}  // namespace plimsoll
