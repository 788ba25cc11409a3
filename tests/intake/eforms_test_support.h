#ifndef KLAUSUL_TESTS_INTAKE_EFORMS_TEST_SUPPORT_H_
#define KLAUSUL_TESTS_INTAKE_EFORMS_TEST_SUPPORT_H_

#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"

#include "service/intake/eforms/eforms.h"

namespace klausul::intake::eforms {

// The pieces of a small notice; each test fills those that it is about.
struct NoticeText {
  std::string root = "ContractNotice";
  std::string customization = "eforms-sdk-1.13";
  std::string subtype = "16";
  std::string type = "cn-standard";
  std::string form = "competition";
  std::string regime = "32014L0024";
  // Inside the eForms extension of the root.
  std::string extension;
  // Straight below the root.
  std::string head;
  std::string buyers;
  std::string terms;
  std::string process;
  std::string project;
  // Of the only lot.
  std::string lot_terms;
  std::string lot_process;
  std::string lot_project;
  // Further `cac:ProcurementProjectLot`.
  std::string lots;

  std::string Build() const {
    return absl::StrCat(
        "<", root,
        " xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:", root, "-2\"",
        " xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:"
        "CommonAggregateComponents-2\""
        " xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:"
        "CommonBasicComponents-2\""
        " xmlns:ext=\"urn:oasis:names:specification:ubl:schema:xsd:"
        "CommonExtensionComponents-2\""
        " xmlns:efext=\"http://data.europa.eu/p27/eforms-ubl-extensions/1\""
        " xmlns:efac=\"http://data.europa.eu/p27/"
        "eforms-ubl-extension-aggregate-components/1\""
        " xmlns:efbc=\"http://data.europa.eu/p27/"
        "eforms-ubl-extension-basic-components/1\">\n",
        Extension(absl::StrCat("<efac:NoticeSubType><cbc:SubTypeCode>", subtype,
                               "</cbc:SubTypeCode></efac:NoticeSubType>",
                               extension)),
        "<cbc:CustomizationID>", customization, "</cbc:CustomizationID>\n",
        "<cbc:IssueDate>2026-03-02+01:00</cbc:IssueDate>\n",
        "<cbc:RegulatoryDomain>", regime, "</cbc:RegulatoryDomain>\n",
        "<cbc:NoticeTypeCode listName=\"", form, "\">", type,
        "</cbc:NoticeTypeCode>\n", head, buyers, "<cac:TenderingTerms>", terms,
        "</cac:TenderingTerms>\n<cac:TenderingProcess>", process,
        "</cac:TenderingProcess>\n<cac:ProcurementProject>", project,
        "</cac:ProcurementProject>\n",
        Lot("LOT-0001", lot_terms, lot_process, lot_project), lots, "</", root,
        ">\n");
  }

  static std::string Extension(const std::string& inner) {
    return absl::StrCat(
        "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent>"
        "<efext:EformsExtension>",
        inner,
        "</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension>"
        "</ext:UBLExtensions>\n");
  }

  static std::string Lot(const std::string& id, const std::string& terms,
                         const std::string& process,
                         const std::string& project) {
    return absl::StrCat(
        "<cac:ProcurementProjectLot><cbc:ID schemeName=\"Lot\">", id,
        "</cbc:ID>\n<cac:TenderingTerms>", terms,
        "</cac:TenderingTerms>\n<cac:TenderingProcess>", process,
        "</cac:TenderingProcess>\n<cac:ProcurementProject>", project,
        "</cac:ProcurementProject></cac:ProcurementProjectLot>\n");
  }
};

inline ReadResult ReadText(const std::string& text) {
  return ReadNotice("notice.xml", text, {});
}

inline ReadResult ReadText(const NoticeText& notice) {
  return ReadText(notice.Build());
}

inline std::string ReadTestFile(const std::string& name) {
  std::ifstream file(
      absl::StrCat(KLAUSUL_SOURCE_DIR, "/tests/intake/testdata/", name),
      std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_TESTS_INTAKE_EFORMS_TEST_SUPPORT_H_
