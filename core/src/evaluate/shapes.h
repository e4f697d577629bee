// Shapes of what evaluations say. Each is described in the file that makes it.
#pragma once

#include "codec/members.h"

namespace plimsoll {

extern const Shape kCandidateShape;        // of Candidate (record_writer.cc)
extern const Shape kPresentShape;          // of PresentLevel (record_writer.cc)
extern const Shape kBacktestShape;         // of BacktestReport (record_writer.cc)
extern const Shape kModelShape;            // of WorkloadModel (record_writer.cc)
extern const Shape kModelValidationShape;  // record_writer.cc
extern const Shape kCrossValidationShape;  // cross_validation_json.cc
extern const Shape kSearchShape;           // cross_validation_json.cc

}  // namespace plimsoll
