// The documents, and the parts that several of them show. Each is described in the file that makes
// it.
#pragma once

#include "codec_members.h"

namespace plimsoll {

// Parts (codec_parts.cc).
extern const Shape kLocationShape;  // of Location
extern const Shape kKeyShape;       // of WorkloadKey
extern const Shape kBacktestShape;  // of BacktestReport (codec_model.cc)

// Documents.
extern const Shape kProblemShape;          // of Error
extern const Shape kHealthShape;           // request_service.cc
extern const Shape kModelsInfoShape;       // request_service.cc
extern const Shape kCrossValidationShape;  // codec_cross_validation.cc
extern const Shape kSearchShape;           // codec_cross_validation.cc
extern const Shape kModelValidationShape;  // codec_model.cc

inline constexpr std::string_view kMetricNames[] = {"cpu", "memory"};
inline constexpr std::string_view kUnitNames[] = {"cores", "bytes", "percent", "none"};

}  // namespace plimsoll
