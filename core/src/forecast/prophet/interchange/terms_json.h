// Terms as JSON: what a configuration asks for, in Prophet's names, and what a model holds.
#pragma once

#include "codec/json.h"
#include "codec/members.h"
#include "plimsoll/forecast/prophet/terms/model.h"

namespace plimsoll {

// What a configuration asks for.
extern const Shape kCustomSeasonalityShape;
extern const Shape kHolidayShape;
extern const Shape kExtraRegressorShape;

// What a model holds.
extern const Shape kSeasonalityShape;
extern const Shape kTermsShape;

inline constexpr std::string_view kModeNames[] = {"additive", "multiplicative"};

void write_standardize(Writer& out, const Style& style, const Standardize& choice);

// A moment as Prophet writes it ("2013-01-01" or "2013-01-01 12:00:00") or as ISO-8601.
Timestamp read_moment(FieldReader& reader, const Json& value, const std::string& field);
TermMode read_mode(FieldReader& reader, const Json& object, const std::string& path,
                   const std::string& key);

std::vector<CustomSeasonality> read_custom_seasonalities(FieldReader& reader, const Json& list,
                                                         const std::string& path);
std::vector<Holiday> read_holidays(FieldReader& reader, const Json& list, const std::string& path);
std::vector<ExtraRegressor> read_extra_regressors(FieldReader& reader, const Json& list,
                                                  const std::string& path);

// Reads the members of kTermsShape. All but seasonalities are absent in files of schema 1.
Terms read_terms(FieldReader& reader, const Json& json, std::int64_t schema_version);

}  // namespace plimsoll
