# Tests of service/intake/eforms: one program, for quick building, and an extra
# over the external samples.
klausul_test(NAME intake_eforms_test
  SOURCES
    eforms_award_criteria_test.cc
    eforms_buyers_test.cc
    eforms_codes_test.cc
    eforms_element_test.cc
    eforms_element_path_test.cc
    eforms_element_reader_test.cc
    eforms_element_tree_test.cc
    eforms_field_table_test.cc
    eforms_lot_details_test.cc
    eforms_lots_test.cc
    eforms_names_test.cc
    eforms_namespaces_test.cc
    eforms_notice_head_test.cc
    eforms_notice_kind_test.cc
    eforms_places_and_languages_test.cc
    eforms_plan_field_test.cc
    eforms_plan_writer_test.cc
    eforms_results_test.cc
    eforms_test.cc
    eforms_values_test.cc
    eforms_well_formed_test.cc
    eforms_xml_encoding_test.cc
    eforms_xml_reference_test.cc
    eforms_xml_text_test.cc
  DEPS klausul::intake dep::xml)

klausul_test(NAME intake_eforms_shared_test
  SOURCES eforms_shared_test.cc
  DEPS klausul::intake dep::json
  LABELS shared)
