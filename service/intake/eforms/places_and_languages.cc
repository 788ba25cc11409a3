// The code tables behind ReadCountry and ReadLanguage.

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>

#include "absl/strings/ascii.h"

#include "service/intake/eforms/values.h"

namespace klausul::intake::eforms {
namespace {

struct CodePair {
  absl::string_view three;
  absl::string_view two;
};

// ISO 3166-1 alpha-3 and alpha-2, and the EU's own codes of Kosovo. Sorted.
constexpr CodePair kCountries[] = {
    {"1A0", "XK"}, {"ABW", "AW"}, {"AFG", "AF"}, {"AGO", "AO"}, {"AIA", "AI"},
    {"ALA", "AX"}, {"ALB", "AL"}, {"AND", "AD"}, {"ARE", "AE"}, {"ARG", "AR"},
    {"ARM", "AM"}, {"ASM", "AS"}, {"ATA", "AQ"}, {"ATF", "TF"}, {"ATG", "AG"},
    {"AUS", "AU"}, {"AUT", "AT"}, {"AZE", "AZ"}, {"BDI", "BI"}, {"BEL", "BE"},
    {"BEN", "BJ"}, {"BES", "BQ"}, {"BFA", "BF"}, {"BGD", "BD"}, {"BGR", "BG"},
    {"BHR", "BH"}, {"BHS", "BS"}, {"BIH", "BA"}, {"BLM", "BL"}, {"BLR", "BY"},
    {"BLZ", "BZ"}, {"BMU", "BM"}, {"BOL", "BO"}, {"BRA", "BR"}, {"BRB", "BB"},
    {"BRN", "BN"}, {"BTN", "BT"}, {"BVT", "BV"}, {"BWA", "BW"}, {"CAF", "CF"},
    {"CAN", "CA"}, {"CCK", "CC"}, {"CHE", "CH"}, {"CHL", "CL"}, {"CHN", "CN"},
    {"CIV", "CI"}, {"CMR", "CM"}, {"COD", "CD"}, {"COG", "CG"}, {"COK", "CK"},
    {"COL", "CO"}, {"COM", "KM"}, {"CPV", "CV"}, {"CRI", "CR"}, {"CUB", "CU"},
    {"CUW", "CW"}, {"CXR", "CX"}, {"CYM", "KY"}, {"CYP", "CY"}, {"CZE", "CZ"},
    {"DEU", "DE"}, {"DJI", "DJ"}, {"DMA", "DM"}, {"DNK", "DK"}, {"DOM", "DO"},
    {"DZA", "DZ"}, {"ECU", "EC"}, {"EGY", "EG"}, {"ERI", "ER"}, {"ESH", "EH"},
    {"ESP", "ES"}, {"EST", "EE"}, {"ETH", "ET"}, {"FIN", "FI"}, {"FJI", "FJ"},
    {"FLK", "FK"}, {"FRA", "FR"}, {"FRO", "FO"}, {"FSM", "FM"}, {"GAB", "GA"},
    {"GBR", "GB"}, {"GEO", "GE"}, {"GGY", "GG"}, {"GHA", "GH"}, {"GIB", "GI"},
    {"GIN", "GN"}, {"GLP", "GP"}, {"GMB", "GM"}, {"GNB", "GW"}, {"GNQ", "GQ"},
    {"GRC", "GR"}, {"GRD", "GD"}, {"GRL", "GL"}, {"GTM", "GT"}, {"GUF", "GF"},
    {"GUM", "GU"}, {"GUY", "GY"}, {"HKG", "HK"}, {"HMD", "HM"}, {"HND", "HN"},
    {"HRV", "HR"}, {"HTI", "HT"}, {"HUN", "HU"}, {"IDN", "ID"}, {"IMN", "IM"},
    {"IND", "IN"}, {"IOT", "IO"}, {"IRL", "IE"}, {"IRN", "IR"}, {"IRQ", "IQ"},
    {"ISL", "IS"}, {"ISR", "IL"}, {"ITA", "IT"}, {"JAM", "JM"}, {"JEY", "JE"},
    {"JOR", "JO"}, {"JPN", "JP"}, {"KAZ", "KZ"}, {"KEN", "KE"}, {"KGZ", "KG"},
    {"KHM", "KH"}, {"KIR", "KI"}, {"KNA", "KN"}, {"KOR", "KR"}, {"KWT", "KW"},
    {"LAO", "LA"}, {"LBN", "LB"}, {"LBR", "LR"}, {"LBY", "LY"}, {"LCA", "LC"},
    {"LIE", "LI"}, {"LKA", "LK"}, {"LSO", "LS"}, {"LTU", "LT"}, {"LUX", "LU"},
    {"LVA", "LV"}, {"MAC", "MO"}, {"MAF", "MF"}, {"MAR", "MA"}, {"MCO", "MC"},
    {"MDA", "MD"}, {"MDG", "MG"}, {"MDV", "MV"}, {"MEX", "MX"}, {"MHL", "MH"},
    {"MKD", "MK"}, {"MLI", "ML"}, {"MLT", "MT"}, {"MMR", "MM"}, {"MNE", "ME"},
    {"MNG", "MN"}, {"MNP", "MP"}, {"MOZ", "MZ"}, {"MRT", "MR"}, {"MSR", "MS"},
    {"MTQ", "MQ"}, {"MUS", "MU"}, {"MWI", "MW"}, {"MYS", "MY"}, {"MYT", "YT"},
    {"NAM", "NA"}, {"NCL", "NC"}, {"NER", "NE"}, {"NFK", "NF"}, {"NGA", "NG"},
    {"NIC", "NI"}, {"NIU", "NU"}, {"NLD", "NL"}, {"NOR", "NO"}, {"NPL", "NP"},
    {"NRU", "NR"}, {"NZL", "NZ"}, {"OMN", "OM"}, {"PAK", "PK"}, {"PAN", "PA"},
    {"PCN", "PN"}, {"PER", "PE"}, {"PHL", "PH"}, {"PLW", "PW"}, {"PNG", "PG"},
    {"POL", "PL"}, {"PRI", "PR"}, {"PRK", "KP"}, {"PRT", "PT"}, {"PRY", "PY"},
    {"PSE", "PS"}, {"PYF", "PF"}, {"QAT", "QA"}, {"REU", "RE"}, {"ROU", "RO"},
    {"RUS", "RU"}, {"RWA", "RW"}, {"SAU", "SA"}, {"SDN", "SD"}, {"SEN", "SN"},
    {"SGP", "SG"}, {"SGS", "GS"}, {"SHN", "SH"}, {"SJM", "SJ"}, {"SLB", "SB"},
    {"SLE", "SL"}, {"SLV", "SV"}, {"SMR", "SM"}, {"SOM", "SO"}, {"SPM", "PM"},
    {"SRB", "RS"}, {"SSD", "SS"}, {"STP", "ST"}, {"SUR", "SR"}, {"SVK", "SK"},
    {"SVN", "SI"}, {"SWE", "SE"}, {"SWZ", "SZ"}, {"SXM", "SX"}, {"SYC", "SC"},
    {"SYR", "SY"}, {"TCA", "TC"}, {"TCD", "TD"}, {"TGO", "TG"}, {"THA", "TH"},
    {"TJK", "TJ"}, {"TKL", "TK"}, {"TKM", "TM"}, {"TLS", "TL"}, {"TON", "TO"},
    {"TTO", "TT"}, {"TUN", "TN"}, {"TUR", "TR"}, {"TUV", "TV"}, {"TWN", "TW"},
    {"TZA", "TZ"}, {"UGA", "UG"}, {"UKR", "UA"}, {"UMI", "UM"}, {"URY", "UY"},
    {"USA", "US"}, {"UZB", "UZ"}, {"VAT", "VA"}, {"VCT", "VC"}, {"VEN", "VE"},
    {"VGB", "VG"}, {"VIR", "VI"}, {"VNM", "VN"}, {"VUT", "VU"}, {"WLF", "WF"},
    {"WSM", "WS"}, {"XKX", "XK"}, {"YEM", "YE"}, {"ZAF", "ZA"}, {"ZMB", "ZM"},
    {"ZWE", "ZW"},
};

// ISO 639-2 (T) and ISO 639-1, the languages that have both. Sorted.
constexpr CodePair kLanguages[] = {
    {"AAR", "aa"}, {"ABK", "ab"}, {"AFR", "af"}, {"AKA", "ak"}, {"AMH", "am"},
    {"ARA", "ar"}, {"ARG", "an"}, {"ASM", "as"}, {"AVA", "av"}, {"AVE", "ae"},
    {"AYC", "ay"}, {"AYM", "ay"}, {"AZB", "az"}, {"AZE", "az"}, {"BAK", "ba"},
    {"BAM", "bm"}, {"BEL", "be"}, {"BEN", "bn"}, {"BIH", "bh"}, {"BIS", "bi"},
    {"BOD", "bo"}, {"BOS", "bs"}, {"BRE", "br"}, {"BUL", "bg"}, {"CAT", "ca"},
    {"CES", "cs"}, {"CHA", "ch"}, {"CHE", "ce"}, {"CHU", "cu"}, {"CHV", "cv"},
    {"COR", "kw"}, {"COS", "co"}, {"CRE", "cr"}, {"CYM", "cy"}, {"DAN", "da"},
    {"DEU", "de"}, {"DIV", "dv"}, {"DZO", "dz"}, {"ELL", "el"}, {"ENG", "en"},
    {"EPO", "eo"}, {"EST", "et"}, {"EUS", "eu"}, {"EWE", "ee"}, {"FAO", "fo"},
    {"FAS", "fa"}, {"FIJ", "fj"}, {"FIN", "fi"}, {"FRA", "fr"}, {"FRY", "fy"},
    {"FUL", "ff"}, {"GLA", "gd"}, {"GLE", "ga"}, {"GLG", "gl"}, {"GLV", "gv"},
    {"GRN", "gn"}, {"GUJ", "gu"}, {"HAT", "ht"}, {"HAU", "ha"}, {"HEB", "he"},
    {"HER", "hz"}, {"HIN", "hi"}, {"HMO", "ho"}, {"HRV", "hr"}, {"HUN", "hu"},
    {"HYE", "hy"}, {"IBO", "ig"}, {"IDO", "io"}, {"III", "ii"}, {"IKU", "iu"},
    {"ILE", "ie"}, {"INA", "ia"}, {"IND", "id"}, {"IPK", "ik"}, {"ISL", "is"},
    {"ITA", "it"}, {"JAV", "jv"}, {"JPN", "ja"}, {"KAL", "kl"}, {"KAN", "kn"},
    {"KAS", "ks"}, {"KAT", "ka"}, {"KAU", "kr"}, {"KAZ", "kk"}, {"KHM", "km"},
    {"KIK", "ki"}, {"KIN", "rw"}, {"KIR", "ky"}, {"KOM", "kv"}, {"KON", "kg"},
    {"KOR", "ko"}, {"KUA", "kj"}, {"KUR", "ku"}, {"LAO", "lo"}, {"LAT", "la"},
    {"LAV", "lv"}, {"LIM", "li"}, {"LIN", "ln"}, {"LIT", "lt"}, {"LTZ", "lb"},
    {"LUB", "lu"}, {"LUG", "lg"}, {"MAH", "mh"}, {"MAL", "ml"}, {"MAR", "mr"},
    {"MKD", "mk"}, {"MLG", "mg"}, {"MLT", "mt"}, {"MON", "mn"}, {"MRI", "mi"},
    {"MSA", "ms"}, {"MYA", "my"}, {"NAU", "na"}, {"NAV", "nv"}, {"NBL", "nr"},
    {"NDE", "nd"}, {"NDO", "ng"}, {"NEP", "ne"}, {"NLD", "nl"}, {"NNO", "nn"},
    {"NOB", "nb"}, {"NOR", "no"}, {"NYA", "ny"}, {"OCI", "oc"}, {"OJI", "oj"},
    {"ORI", "or"}, {"ORM", "om"}, {"OSS", "os"}, {"PAN", "pa"}, {"PLI", "pi"},
    {"POL", "pl"}, {"POR", "pt"}, {"PUS", "ps"}, {"QUE", "qu"}, {"ROH", "rm"},
    {"RON", "ro"}, {"RUN", "rn"}, {"RUS", "ru"}, {"SAG", "sg"}, {"SAN", "sa"},
    {"SIN", "si"}, {"SLK", "sk"}, {"SLV", "sl"}, {"SME", "se"}, {"SMO", "sm"},
    {"SNA", "sn"}, {"SND", "sd"}, {"SOM", "so"}, {"SOT", "st"}, {"SPA", "es"},
    {"SQI", "sq"}, {"SRD", "sc"}, {"SRP", "sr"}, {"SSW", "ss"}, {"SUN", "su"},
    {"SWA", "sw"}, {"SWE", "sv"}, {"TAH", "ty"}, {"TAM", "ta"}, {"TAT", "tt"},
    {"TEL", "te"}, {"TGK", "tg"}, {"TGL", "tl"}, {"THA", "th"}, {"TIR", "ti"},
    {"TON", "to"}, {"TSN", "tn"}, {"TSO", "ts"}, {"TUK", "tk"}, {"TUR", "tr"},
    {"TWI", "tw"}, {"UIG", "ug"}, {"UKR", "uk"}, {"URD", "ur"}, {"UZB", "uz"},
    {"VEN", "ve"}, {"VIE", "vi"}, {"VOL", "vo"}, {"WLN", "wa"}, {"WOL", "wo"},
    {"XHO", "xh"}, {"YID", "yi"}, {"YOR", "yo"}, {"ZHA", "za"}, {"ZHO", "zh"},
    {"ZUL", "zu"},
};

// Three characters as a number that is ordered as they are.
constexpr std::uint32_t Pack(absl::string_view three) {
  std::uint32_t packed = 0;
  for (int i = 0; i < 3; ++i) {
    packed = (packed << 8) | static_cast<unsigned char>(three[i]);
  }
  return packed;
}

// The short form of `code`, in capitals or not; empty where the table has none.
template <std::size_t kSize>
absl::string_view ShortForm(const CodePair (&table)[kSize],
                            absl::string_view code) {
  if (code.size() != 3) return {};
  const char upper[] = {absl::ascii_toupper(code[0]),
                        absl::ascii_toupper(code[1]),
                        absl::ascii_toupper(code[2])};
  const std::uint32_t wanted = Pack({upper, sizeof(upper)});
  const CodePair* found =
      std::lower_bound(std::begin(table), std::end(table), wanted,
                       [](const CodePair& pair, std::uint32_t key) {
                         return Pack(pair.three) < key;
                       });
  if (found == std::end(table) || Pack(found->three) != wanted) return {};
  return found->two;
}

bool AllLetters(absl::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isalpha(c); });
}

}  // namespace

absl::optional<std::string> ReadCountry(absl::string_view code) {
  if (code.size() == 2 && AllLetters(code)) return absl::AsciiStrToUpper(code);
  const absl::string_view two = ShortForm(kCountries, code);
  if (two.empty()) return absl::nullopt;
  return std::string(two);
}

absl::optional<std::string> ReadLanguage(absl::string_view code) {
  if (code.size() < 2 || code.size() > 3 || !AllLetters(code)) {
    return absl::nullopt;
  }
  const absl::string_view two = ShortForm(kLanguages, code);
  if (!two.empty()) return std::string(two);
  return absl::AsciiStrToLower(code);
}

}  // namespace klausul::intake::eforms
