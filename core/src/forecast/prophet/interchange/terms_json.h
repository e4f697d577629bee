// Terms as JSON: what a configuration asks for, in Prophet's names, and what a model holds.
#pragma once

#include "codec/json.h"
#include "plimsoll/forecast/prophet/terms/model.h"

namespace plimsoll {

Json json_custom_seasonalities(const std::vector<CustomSeasonality>& seasonalities);
Json json_holidays(const std::vector<Holiday>& holidays);
Json json_standardize(Standardize choice);
Json json_extra_regressors(const std::vector<ExtraRegressor>& regressors);

// A moment as Prophet writes it ("2013-01-01" or "2013-01-01 12:00:00") or as ISO-8601.
Timestamp read_moment(FieldReader& reader, const Json& value, const std::string& field);
TermMode read_mode(FieldReader& reader, const Json& object, const std::string& path,
                   const std::string& key);

std::vector<CustomSeasonality> read_custom_seasonalities(FieldReader& reader, const Json& list,
                                                         const std::string& path);
std::vector<Holiday> read_holidays(FieldReader& reader, const Json& list, const std::string& path);
std::vector<ExtraRegressor> read_extra_regressors(FieldReader& reader, const Json& list,
                                                  const std::string& path);

// Writes the members seasonalities, holidays, holidays_mode and regressors; reads them back. The
// last three are absent in files of schema 1.
void add_terms(Json& json, const Terms& terms);
Terms read_terms(FieldReader& reader, const Json& json, std::int64_t schema_version);

}  // namespace plimsoll
