// Prophet's serialised model: what its `model_to_json` writes and `model_from_json` reads. A JSON
// object, or a JSON text that holds one; within it pandas frames and series are texts of JSON.
#pragma once

namespace plimsoll {

// Names of its attributes that both directions need.
inline constexpr const char* kProphetVersionKey = "__prophet_version";
inline constexpr const char* kOldProphetVersionKey = "__fbprophet_version";  // up to 1.0

}  // namespace plimsoll
