#include "kernel/service/column_synonyms.h"

#include "base/text.h"

namespace assay {
namespace {

constexpr HeadingSynonyms headings[] = {
    {"control_ref ref",
     "control_id kontroll_id control control_no control_number control_nr massnahme_nr massnahmen_id annex_a_control "
     "annex_a_ref annex_a iso_control clause klausel kapitel abschnitt requirement anforderung referenz reference"},
    {"id",
     "id ref nr no num number key kennung kuerzel lfd_nr laufende_nr laufende_nummer record_id reference referenz "
     "identifikator schluessel"},
    {"title name",
     "title name titel bezeichnung benennung kurzbeschreibung thema betreff summary subject heading "
     "full_name vollstaendiger_name display_name anzeigename"},
    {"code", "code document_code dokumentennummer dokument_nr document_number control_code"},
    {"owner responsible person",
     "owner owned_by eigentuemer eigner eigentuemerin verantwortlich verantwortlicher verantwortliche "
     "responsible responsible_person accountable zustaendig zustaendiger assignee assigned_to zugewiesen_an "
     "risikoeigentuemer risikoeigner risikoverantwortlicher massnahmenverantwortlicher"},
    {"scenario description summary details scope_text",
     "description beschreibung scenario szenario details risikobeschreibung detailbeschreibung "
     "risikoszenario"},
    {"inherent_likelihood likelihood",
     "likelihood probability eintrittswahrscheinlichkeit wahrscheinlichkeit inherent_probability gross_likelihood "
     "brutto_eintrittswahrscheinlichkeit brutto_wahrscheinlichkeit ew l"},
    {"severity inherent_impact impact",
     "severity impact auswirkung auswirkungen schadenshoehe schadensausmass schaden gross_impact brutto_auswirkung "
     "schweregrad i"},
    {"inherent_score score",
     "score risk_score risikowert risikobewertung risikozahl inherent_risk bruttorisiko risk_rating rating"},
    {"residual_likelihood",
     "residual_probability current_likelihood current_probability net_likelihood net_probability "
     "likelihood_after_controls "
     "likelihood_with_controls restwahrscheinlichkeit netto_eintrittswahrscheinlichkeit netto_wahrscheinlichkeit"},
    {"residual_impact",
     "current_impact net_impact impact_after_controls impact_with_controls restauswirkung netto_auswirkung "
     "residual_severity"},
    {"residual_score",
     "residual_risk residual_risk_score residual_rating current_risk current_risk_score net_risk net_risk_score "
     "restrisiko "
     "nettorisiko"},
    {"target_likelihood", "target_probability likelihood_after_treatment zielwahrscheinlichkeit"},
    {"target_impact", "impact_after_treatment target_severity zielauswirkung"},
    {"target_score", "target_risk target_risk_score target_rating risk_after_treatment zielrisiko"},
    {"treatment",
     "treatment risk_treatment treatment_option treatment_decision risk_decision risk_response response "
     "risikobehandlung behandlung "
     "behandlungsoption "
     "treatment_strategy strategie"},
    {"threat", "threat threats bedrohung bedrohungen threat_source threat_actor threat_event gefaehrdung"},
    {"weakness",
     "vulnerability vulnerabilities weakness weaknesses cause root_cause schwachstelle schwachstellen verwundbarkeit "
     "ursache"},
    {"consequence",
     "consequence consequences business_impact impact_description effect effects folge folgen konsequenz konsequenzen "
     "auswirkungsbeschreibung"},
    {"assets asset",
     "asset assets affected_asset affected_assets affected_host host betroffene_werte betroffene_assets wert werte "
     "asset_id"},
    {"controls control",
     "controls existing_controls current_controls implemented_controls controls_in_place key_controls massnahmen "
     "vorhandene_massnahmen kontrollen massnahme"},
    {"implementation_status status state lifecycle",
     "status state zustand stand umsetzungsstatus implementation_status umsetzungsstand "
     "implementierungsstatus bearbeitungsstand"},
    {"applicability", "applicable applicability anwendbar anwendbarkeit applies"},
    {"inclusion_justification rationale justification reason",
     "justification begruendung rationale reason grund reasoning begruendung_der_auswahl "
     "reason_for_inclusion"},
    {"exclusion_justification", "exclusion_reason reason_for_exclusion begruendung_ausschluss ausschlussgrund"},
    {"classification",
     "classification klassifizierung klassifikation data_classification schutzklasse vertraulichkeit "
     "vertraulichkeitsstufe "
     "confidentiality information_classification"},
    {"kind type category", "kind type typ art kategorie category klasse class asset_type asset_art"},
    {"site location", "site location standort ort lokation office"},
    {"critical criticality", "critical criticality kritisch kritikalitaet"},
    {"personal_data", "personal_data pii personenbezogen personenbezogene_daten contains_pii gdpr_relevant"},
    {"in_scope", "in_scope scope im_geltungsbereich geltungsbereich"},
    {"detected_on discovered_on raised_on reported_on identified_on",
     "discovered detected date_found found_on first_seen entdeckt entdeckt_am "
     "erkannt_am discovery_date date_discovered date_identified identified "
     "erfasst_am raised date_raised gemeldet_am"},
    {"identifier", "cve cve_id plugin_id vulnerability_id finding_id identifier"},
    {"cvss", "cvss cvss_score cvss_v3_1 cvss_v3 cvss_3_1 cvss3 base_score cvss_base_score cvss_v4"},
    {"due_on due_date deadline",
     "due due_date deadline faellig faellig_am frist zieldatum target_date target_completion_date remediation_deadline "
     "termin umsetzung_bis bis_wann faelligkeit"},
    {"next_review_on review_due_on",
     "next_review next_review_date review_date naechste_ueberpruefung ueberpruefung naechste_pruefung wiedervorlage "
     "naechstes_review"},
    {"assessed_on", "assessed assessment_date date_assessed bewertet_am bewertungsdatum datum_der_bewertung"},
    {"last_reviewed_on last_verified_on",
     "last_review last_reviewed letzte_ueberpruefung last_review_date letzte_pruefung last_verified"},
    {"remediated_on closed_on completed_on",
     "closed date_closed closed_date geschlossen_am erledigt_am abgeschlossen_am remediated fixed_on completed "
     "completion_date resolved"},
    {"job_title", "job_title position funktion stelle rolle role job title"},
    {"org_unit", "department abteilung unit org_unit team bereich organisationseinheit business_unit"},
    {"manager", "manager line_manager vorgesetzter vorgesetzte fuehrungskraft supervisor reports_to"},
    {"start_date", "start start_date hire_date joined eintritt eintrittsdatum first_day joined_on beginn"},
    {"end_date", "end end_date leaving_date austritt austrittsdatum last_day left_on ende"},
    {"employment", "employment employment_type vertragsart beschaeftigungsart contract_type relationship"},
    {"service services", "service services leistung leistungen dienstleistung product produkt"},
    {"priority", "priority prioritaet prio"},
    {"cost", "cost kosten aufwand budget"},
    {"notes comment remarks",
     "notes note comment comments remark remarks bemerkung bemerkungen anmerkung anmerkungen notiz notizen kommentar"},
    {"title name", "description beschreibung"},  // only where nothing longer takes it
};

struct ChoiceSynonyms {
  std::string_view choices;  // names, the first that the field has is meant
  std::string_view words;
};

constexpr ChoiceSynonyms choice_words[] = {
    {"applicable", "yes ja y anwendbar true x 1"},
    {"excluded not_applicable", "no nein n nicht_anwendbar not_applicable false ausgeschlossen na"},
    {"implemented",
     "umgesetzt implementiert vollstaendig_umgesetzt fully_implemented done complete completed erledigt"},
    {"partial partially_implemented",
     "teilweise teilweise_umgesetzt partly partially_implemented in_progress in_umsetzung in_bearbeitung"},
    {"planned", "geplant plan"},
    {"not_implemented", "nicht_umgesetzt offen open not_started nicht_begonnen fehlt missing"},
    {"critical very_high", "kritisch sehr_hoch"},
    {"high", "hoch major gross"},
    {"medium moderate", "mittel moderat med"},
    {"low", "niedrig gering klein minor"},
    {"public public_", "oeffentlich"},
    {"internal", "intern internal_use internal_use_only"},
    {"confidential", "vertraulich sensitive"},
    {"strictly_confidential restricted secret", "streng_vertraulich geheim restricted secret highly_confidential"},
    {"open", "offen new neu identified"},
    {"in_progress in_treatment", "in_bearbeitung in_arbeit laufend ongoing wip in_umsetzung in_progress"},
    {"closed remediated done",
     "geschlossen abgeschlossen erledigt fixed resolved done completed beendet behoben closed"},
    {"draft", "entwurf"},
    {"assessed", "bewertet open offen"},
    {"accepted", "akzeptiert angenommen risk_accepted"},
    {"modify", "mitigate mitigation reduce reduction treat behandeln mindern vermindern reduzieren minimieren"},
    {"retain", "accept acceptance tolerate akzeptieren tragen uebernehmen akzeptanz"},
    {"share", "transfer uebertragen versichern insure transferieren"},
    {"avoid", "terminate vermeiden eliminate vermeidung"},
    {"application", "web_application web_app app software anwendung applikation saas"},
    {"server", "cloud_server vm virtual_machine virtueller_server"},
    {"network_device", "network security_device firewall router switch netzwerk netzwerkgeraet"},
    {"endpoint", "laptop notebook workstation client arbeitsplatz endgeraet mobile mobile_device"},
    {"cloud_resource", "cloud cloud_service iaas paas"},
    {"information", "database data datenbank daten information_asset dataset document"},
    {"facility", "building gebaeude raum room"},
    {"service", "dienst dienstleistung"},
    {"active", "aktiv in_use in_betrieb"},
    {"retired", "ausser_betrieb decommissioned stillgelegt"},
    {"employee", "angestellt mitarbeiter mitarbeiterin festangestellt permanent full_time part_time vollzeit teilzeit"},
    {"contractor", "extern external freelancer freiberufler dienstleister"},
};

bool contains_word(std::string_view words, std::string_view word) {
  for (std::string_view each : split(words, ' ')) {
    if (!each.empty() && each == word) return true;
  }
  return false;
}

}  // namespace

std::span<const HeadingSynonyms> heading_synonyms() { return headings; }

std::string_view choice_synonym(const FieldDef& field, std::string_view word_form) {
  for (const ChoiceSynonyms& row : choice_words) {
    if (!contains_word(row.words, word_form)) continue;
    for (std::string_view name : split(row.choices, ' ')) {
      if (const Choice* choice = field.choice(name)) return choice->name;
    }
  }
  return {};
}

bool is_filler(std::string_view word) {
  return contains_word(
      "register inventory list liste verzeichnis inventar export import report bericht overview uebersicht log data "
      "final draft "
      "copy kopie the of de en v1 v2 sheet tabelle",
      word);
}

}  // namespace assay
