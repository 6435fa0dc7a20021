create table assay_meta (name text primary key not null, value text not null);

create table assay_ledger (
  seq integer primary key not null, at text not null, actor text not null, actor_name text not null,
  register text not null, record text not null, version integer not null, operation text not null,
  reason text not null, changes text not null, record_hash text not null, leaf_hash text not null);
create index assay_ledger_record on assay_ledger (register, record, seq);
create index assay_ledger_at on assay_ledger (at, seq);
create table assay_ledger_head (
  one integer primary key not null check (one = 1), frontier text not null, checkpoint text not null);
create table assay_checkpoint (size integer primary key not null, at text not null, note text not null);

create table assay_count (register text primary key not null, records integer not null);
create table assay_sequence (register text primary key not null, last integer not null);

create table assay_account (
  id text primary key not null, email text not null unique, name text not null, person text, roles text not null,
  password_hash text not null, totp_secret text, totp_step integer not null, state text not null,
  created_at text not null, password_at text not null, last_sign_in_at text, valid_to text);
create table assay_session (
  token_hash text primary key not null, account text not null, csrf text not null, created_at text not null,
  seen_at text not null, expires_at text not null, address text not null, agent text not null);
create index assay_session_account on assay_session (account);
create table assay_token (
  id text primary key not null, account text not null, name text not null, scope text not null,
  token_hash text not null unique, created_at text not null, expires_at text not null, revoked_at text, used_at text);

create table assay_comment (
  id text primary key not null, register text not null, record text not null, at text not null, account text not null,
  author text not null, body text not null);
create index assay_comment_record on assay_comment (register, record, at);
create table assay_attachment (
  id text primary key not null, register text not null, record text not null, name text not null,
  media_type text not null, size integer not null, sha256 text not null, at text not null, account text not null,
  author text not null, state text not null, replaced_by text, checked_at text, check_result text);
create index assay_attachment_record on assay_attachment (register, record, at);
create index assay_attachment_sha256 on assay_attachment (sha256);
create table assay_document_body (version text primary key not null, markdown text not null, updated_at text not null);

create table assay_saved_view (
  id text primary key not null, account text not null, register text not null, name text not null, query text not null);
create table assay_import_mapping (
  register text not null, fingerprint text not null, mapping text not null, at text not null,
  primary key (register, fingerprint));
create table assay_custom_field (
  register text not null, name text not null, label text not null, kind text not null, choices text not null,
  position integer not null, primary key (register, name));
create table assay_setting (name text primary key not null, value text not null);

create table assay_search_doc (
  number integer primary key, register text not null, record text not null, title text not null, body text not null,
  unique (register, record)) strict;
create virtual table assay_search using fts5 (title, body, content='assay_search_doc', content_rowid='number',
  tokenize='unicode61 remove_diacritics 2', prefix='2 3');
create trigger assay_search_insert after insert on assay_search_doc begin
  insert into assay_search (rowid, title, body) values (new.number, new.title, new.body);
end;
create trigger assay_search_delete after delete on assay_search_doc begin
  insert into assay_search (assay_search, rowid, title, body) values ('delete', old.number, old.title, old.body);
end;
create trigger assay_search_update after update on assay_search_doc begin
  insert into assay_search (assay_search, rowid, title, body) values ('delete', old.number, old.title, old.body);
  insert into assay_search (rowid, title, body) values (new.number, new.title, new.body);
end;

alter table assay_custom_field add column help text not null default '';
alter table assay_custom_field add column target text not null default '';
alter table assay_custom_field add column required integer not null default 0;
alter table assay_custom_field add column in_list integer not null default 0;
alter table assay_custom_field add column retired integer not null default 0;

alter table assay_ledger_head add column revision integer not null default 0;
create table assay_finding (
  number integer primary key not null, rule text not null, kind text not null, subject text not null, class text not null,
  ref text not null, detail text not null,
  opened_on text not null, opened_at text not null, opened_cause text not null, opened_entry integer,
  closed_on text, closed_at text, closed_cause text, closed_entry integer);
create index assay_finding_open on assay_finding (rule, kind, subject) where closed_at is null;
create index assay_finding_subject on assay_finding (kind, subject, number);
create index assay_finding_rule on assay_finding (rule, kind, subject, number);
create index assay_finding_closed on assay_finding (closed_on, closed_at);
create table assay_finding_mark (
  rule text not null, kind text not null, subject text not null, what text not null, reason text not null, record text not null,
  author text not null, at text not null, primary key (rule, kind, subject));
create table assay_verdict_day (
  day text primary key not null, majors integer not null, minors integer not null, observations integer not null,
  opportunities integer not null);
create table assay_auditor (one integer primary key not null check (one = 1), entries integer not null, day text not null, at text not null);

create table assay_rehearsal (
  number integer primary key not null, stage text not null, as_of text not null, made_at text not null, author text not null,
  outcome text not null, majors integer not null, minors integer not null, observations integer not null,
  opportunities integer not null, not_evaluated integer not null, content text not null);
create index assay_rehearsal_stage on assay_rehearsal (stage, number);

create trigger assay_rehearsal_kept before update on assay_rehearsal begin select raise(abort, 'a rehearsal never changes'); end;
create trigger assay_rehearsal_stays before delete on assay_rehearsal begin select raise(abort, 'a rehearsal never changes'); end;



create table assay_own_rule (
  rule text not null, version integer not null, state text not null, text text not null, reason text not null,
  author text not null, author_name text not null, author_person text not null, written_at text not null,
  decider_name text not null default '', decided_at text not null default '', primary key (rule, version));

create table assay_issue (
  number integer primary key not null, kind text not null, title text not null, register text not null, record text not null,
  edition text not null, issued_at text not null, author text not null, approver text not null, content text not null,
  html text not null);
create index assay_issue_record on assay_issue (register, record, number);
create index assay_issue_kind on assay_issue (kind, number);
create table assay_issue_pdf (number integer primary key not null, sha256 text not null);
create table assay_blind_score (
  exercise text not null, assessor text not null, scenario text not null, likelihood integer not null, impact integer not null,
  rationale text not null, at text not null, primary key (exercise, assessor, scenario));

create trigger assay_issue_kept before update on assay_issue begin select raise(abort, 'an issued document never changes'); end;
create trigger assay_issue_stays before delete on assay_issue begin select raise(abort, 'an issued document never changes'); end;
create trigger assay_issue_pdf_kept before update on assay_issue_pdf begin select raise(abort, 'an issued document never changes'); end;

create table assay_touch (
  register text not null, record text not null, target_register text not null, target text not null, what text not null,
  entry integer not null, outcome text not null, reason text not null, author text not null, at text not null,
  primary key (register, record, target_register, target, what));
create index assay_touch_target on assay_touch (target_register, target);



create table if not exists organisation (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "name" text, "sector" text, "headcount_total" integer, "isms_operational_since" text, "critical_services" integer, "legal_entities" text) strict;
create index if not exists organisation__name__index on organisation ("name", id);
create index if not exists organisation__sector__index on organisation ("sector", id);
create index if not exists organisation__headcount_total__index on organisation ("headcount_total", id);
create index if not exists organisation__isms_operational_since__index on organisation ("isms_operational_since", id);
create index if not exists organisation__critical_services__index on organisation ("critical_services", id);
create table if not exists organisation__legal_entities (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists organisation__legal_entities__value on organisation__legal_entities (value, record);

create table if not exists site (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "name" text, "address" text, "country" text, "kind" text, "is_central_function" integer, "in_scope" integer, "headcount" integer, "activity_group" text, "opened_on" text, "closed_on" text, "joined_scope_on" text) strict;
create index if not exists site__name__index on site ("name", id);
create index if not exists site__address__index on site ("address", id);
create index if not exists site__country__index on site ("country", id);
create index if not exists site__kind__index on site ("kind", id);
create index if not exists site__in_scope__index on site ("in_scope", id);
create index if not exists site__headcount__index on site ("headcount", id);

create table if not exists org_unit (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "name" text, "parent" text, "head" text, "in_scope" integer) strict;
create index if not exists org_unit__name__index on org_unit ("name", id);
create index if not exists org_unit__parent__index on org_unit ("parent", id);
create index if not exists org_unit__head__index on org_unit ("head", id);
create index if not exists org_unit__in_scope__index on org_unit ("in_scope", id);

create table if not exists process (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "name" text, "kind" text, "isms_type" text, "owner" text, "org_unit" text, "in_scope" integer, "interactions" text, "criteria_document" text, "externally_provided_by" text, "mtpd_hours" real, "bia_approved_on" text) strict;
create index if not exists process__name__index on process ("name", id);
create index if not exists process__kind__index on process ("kind", id);
create index if not exists process__isms_type__index on process ("isms_type", id);
create index if not exists process__owner__index on process ("owner", id);
create index if not exists process__org_unit__index on process ("org_unit", id);
create index if not exists process__in_scope__index on process ("in_scope", id);
create table if not exists process__interactions (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists process__interactions__value on process__interactions (value, record);
create index if not exists process__criteria_document__index on process ("criteria_document", id);
create index if not exists process__externally_provided_by__index on process ("externally_provided_by", id);

create table if not exists context_issue (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "kind" text, "topic" text, "description" text, "relevant" integer, "rationale" text, "determined_on" text, "reviewed_on" text, "linked_risks" text, "linked_obligations" text, "scope_consequence" text) strict;
create index if not exists context_issue__kind__index on context_issue ("kind", id);
create index if not exists context_issue__topic__index on context_issue ("topic", id);
create index if not exists context_issue__relevant__index on context_issue ("relevant", id);
create index if not exists context_issue__reviewed_on__index on context_issue ("reviewed_on", id);
create table if not exists context_issue__linked_risks (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists context_issue__linked_risks__value on context_issue__linked_risks (value, record);
create table if not exists context_issue__linked_obligations (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists context_issue__linked_obligations__value on context_issue__linked_obligations (value, record);

create table if not exists interested_party (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "name" text, "type" text, "relevant" integer, "reviewed_on" text) strict;
create index if not exists interested_party__name__index on interested_party ("name", id);
create index if not exists interested_party__type__index on interested_party ("type", id);
create index if not exists interested_party__relevant__index on interested_party ("relevant", id);
create index if not exists interested_party__reviewed_on__index on interested_party ("reviewed_on", id);

create table if not exists party_requirement (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "party" text, "text" text, "kind" text, "climate_related" integer, "addressed_by_isms" text, "linked_controls" text, "linked_obligation" text, "linked_process" text, "linked_risks" text, "scope_consequence" text) strict;
create index if not exists party_requirement__party__index on party_requirement ("party", id);
create index if not exists party_requirement__kind__index on party_requirement ("kind", id);
create index if not exists party_requirement__addressed_by_isms__index on party_requirement ("addressed_by_isms", id);
create table if not exists party_requirement__linked_controls (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists party_requirement__linked_controls__value on party_requirement__linked_controls (value, record);
create index if not exists party_requirement__linked_obligation__index on party_requirement ("linked_obligation", id);
create index if not exists party_requirement__linked_process__index on party_requirement ("linked_process", id);
create table if not exists party_requirement__linked_risks (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists party_requirement__linked_risks__value on party_requirement__linked_risks (value, record);

create table if not exists obligation (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "title" text, "kind" text, "jurisdiction" text, "owner" text, "applicable" integer, "compliance_approach" text, "notification_hours" real, "notification_contact" text, "reviewed_on" text) strict;
create index if not exists obligation__title__index on obligation ("title", id);
create index if not exists obligation__kind__index on obligation ("kind", id);
create index if not exists obligation__jurisdiction__index on obligation ("jurisdiction", id);
create index if not exists obligation__owner__index on obligation ("owner", id);
create index if not exists obligation__applicable__index on obligation ("applicable", id);
create index if not exists obligation__reviewed_on__index on obligation ("reviewed_on", id);

create table if not exists scope_statement (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "version" integer, "status" text, "text" text, "considers_issues" integer, "considers_requirements" integer, "document_version" text, "approved_by" text, "approved_on" text, "effective_on" text) strict;
create index if not exists scope_statement__version__together on scope_statement (version);
create index if not exists scope_statement__version__index on scope_statement ("version", id);
create index if not exists scope_statement__status__index on scope_statement ("status", id);
create index if not exists scope_statement__document_version__index on scope_statement ("document_version", id);
create index if not exists scope_statement__approved_by__index on scope_statement ("approved_by", id);
create index if not exists scope_statement__approved_on__index on scope_statement ("approved_on", id);
create index if not exists scope_statement__effective_on__index on scope_statement ("effective_on", id);

create table if not exists scope_item (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "scope" text, "kind" text, "target" text, "inclusion" text, "justification" text, "in_scope_depends_on_it" integer, "responsibility_split" text, "supplier" text) strict;
create index if not exists scope_item__scope__index on scope_item ("scope", id);
create index if not exists scope_item__kind__index on scope_item ("kind", id);
create index if not exists scope_item__target__index on scope_item ("target", id);
create index if not exists scope_item__inclusion__index on scope_item ("inclusion", id);
create index if not exists scope_item__in_scope_depends_on_it__index on scope_item ("in_scope_depends_on_it", id);
create index if not exists scope_item__supplier__index on scope_item ("supplier", id);

create table if not exists person (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "name" text, "employment" text, "org_unit" text, "site" text, "job_title" text, "manager" text, "start_date" text, "end_date" text, "status" text, "leave_from" text, "leave_to" text, "is_top_management" integer, "in_scope" integer, "handles_sensitive" integer, "works_remotely" integer) strict;
create index if not exists person__name__index on person ("name", id);
create index if not exists person__employment__index on person ("employment", id);
create index if not exists person__org_unit__index on person ("org_unit", id);
create index if not exists person__site__index on person ("site", id);
create index if not exists person__job_title__index on person ("job_title", id);
create index if not exists person__manager__index on person ("manager", id);
create index if not exists person__status__index on person ("status", id);
create index if not exists person__in_scope__index on person ("in_scope", id);

create table if not exists role_assignment (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "role" text, "person" text, "authority_granted_by" text, "assigned_on" text, "ended_on" text, "communicated_on" text, "required_competence" text) strict;
create index if not exists role_assignment__role__index on role_assignment ("role", id);
create index if not exists role_assignment__person__index on role_assignment ("person", id);
create index if not exists role_assignment__authority_granted_by__index on role_assignment ("authority_granted_by", id);
create index if not exists role_assignment__assigned_on__index on role_assignment ("assigned_on", id);
create index if not exists role_assignment__ended_on__index on role_assignment ("ended_on", id);
create index if not exists role_assignment__communicated_on__index on role_assignment ("communicated_on", id);

create table if not exists responsibility (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "activity" text, "clause" text, "accountable" text, "responsible" text, "consulted" text, "informed" text) strict;
create index if not exists responsibility__activity__index on responsibility ("activity", id);
create index if not exists responsibility__clause__index on responsibility ("clause", id);
create index if not exists responsibility__accountable__index on responsibility ("accountable", id);
create table if not exists responsibility__responsible (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists responsibility__responsible__value on responsibility__responsible (value, record);
create table if not exists responsibility__consulted (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists responsibility__consulted__value on responsibility__consulted (value, record);
create table if not exists responsibility__informed (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists responsibility__informed__value on responsibility__informed (value, record);

create table if not exists committee (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "name" text, "charter" text, "chair" text, "members" text, "functions_represented" text, "cadence_days" integer, "meetings" text, "next_meeting_on" text, "next_agenda" text) strict;
create index if not exists committee__name__index on committee ("name", id);
create index if not exists committee__charter__index on committee ("charter", id);
create index if not exists committee__chair__index on committee ("chair", id);
create table if not exists committee__members (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists committee__members__value on committee__members (value, record);
create table if not exists committee__functions_represented (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists committee__functions_represented__value on committee__functions_represented (value, record);
create index if not exists committee__cadence_days__index on committee ("cadence_days", id);
create table if not exists committee__meetings (record text not null, position integer not null, "held_on" text, "minutes" text, "attendees" text, "agenda" text, "discussion" text, "decisions" text, primary key (record, position)) strict;

create table if not exists security_objective (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "title" text, "metric" text, "measurable" integer, "measurability_rationale" text, "target_value" real, "policy_link" text, "considers_risk_results" integer, "actions" text, "resources" text, "owner" text, "due_on" text, "evaluation_method" text, "communicated_on" text, "last_monitored_on" text, "status" text, "evaluated_on" text) strict;
create index if not exists security_objective__metric__index on security_objective ("metric", id);
create index if not exists security_objective__target_value__index on security_objective ("target_value", id);
create index if not exists security_objective__policy_link__index on security_objective ("policy_link", id);
create index if not exists security_objective__owner__index on security_objective ("owner", id);
create index if not exists security_objective__due_on__index on security_objective ("due_on", id);
create index if not exists security_objective__status__index on security_objective ("status", id);

create table if not exists isms_change (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "title" text, "trigger" text, "significant" integer, "purpose" text, "planned_on" text, "resources_confirmed" integer, "approved_by" text, "implemented_on" text, "risk_reassessed_in" text, "affects_scope" integer, "headcount_delta" integer, "budget_delta" real, "cb_notified_on" text, "unintended" integer, "consequences_reviewed_on" text, "touched_scope_items" text, "touched_risks" text, "touched_soa_entries" text) strict;
create index if not exists isms_change__trigger__index on isms_change ("trigger", id);
create index if not exists isms_change__significant__index on isms_change ("significant", id);
create index if not exists isms_change__planned_on__index on isms_change ("planned_on", id);
create index if not exists isms_change__approved_by__index on isms_change ("approved_by", id);
create index if not exists isms_change__implemented_on__index on isms_change ("implemented_on", id);
create index if not exists isms_change__risk_reassessed_in__index on isms_change ("risk_reassessed_in", id);
create index if not exists isms_change__affects_scope__index on isms_change ("affects_scope", id);
create table if not exists isms_change__touched_scope_items (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists isms_change__touched_scope_items__value on isms_change__touched_scope_items (value, record);
create table if not exists isms_change__touched_risks (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists isms_change__touched_risks__value on isms_change__touched_risks (value, record);
create table if not exists isms_change__touched_soa_entries (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists isms_change__touched_soa_entries__value on isms_change__touched_soa_entries (value, record);

create table if not exists communication_item (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "topic" text, "audience" text, "timing" text, "channel" text, "owner" text, "last_done_on" text, "every_days" integer) strict;
create index if not exists communication_item__owner__index on communication_item ("owner", id);
create index if not exists communication_item__last_done_on__index on communication_item ("last_done_on", id);

create table if not exists document (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "code" text, "title" text, "kind" text, "topic" text, "mandatory_ref" text, "owner" text, "classification" text, "access_groups" text, "audience" text, "retention_days" integer, "external_origin" integer) strict;
create index if not exists document__code__index on document ("code", id);
create index if not exists document__title__index on document ("title", id);
create index if not exists document__kind__index on document ("kind", id);
create index if not exists document__topic__index on document ("topic", id);
create index if not exists document__owner__index on document ("owner", id);
create index if not exists document__classification__index on document ("classification", id);
create table if not exists document__access_groups (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists document__access_groups__value on document__access_groups (value, record);

create table if not exists document_version (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "document" text, "version" text, "status" text, "author" text, "created_on" text, "reviewed_by" text, "last_reviewed_on" text, "approved_by" text, "approved_on" text, "effective_on" text, "next_review_on" text, "published_at" text, "has_objectives_or_framework" integer, "commits_to_requirements" integer, "commits_to_improvement" integer, "content_hash" text, "destroyed_on" text) strict;
create index if not exists document_version__document_version__together on document_version (document, version);
create index if not exists document_version__document__index on document_version ("document", id);
create index if not exists document_version__version__index on document_version ("version", id);
create index if not exists document_version__status__index on document_version ("status", id);
create index if not exists document_version__author__index on document_version ("author", id);
create index if not exists document_version__reviewed_by__index on document_version ("reviewed_by", id);
create index if not exists document_version__approved_by__index on document_version ("approved_by", id);
create index if not exists document_version__effective_on__index on document_version ("effective_on", id);
create index if not exists document_version__next_review_on__index on document_version ("next_review_on", id);
create table if not exists document_version__published_at (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists document_version__published_at__value on document_version__published_at (value, record);

create table if not exists acknowledgement (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "document_version" text, "person" text, "requested_on" text, "acknowledged_on" text) strict;
create index if not exists acknowledgement__document_version_person__together on acknowledgement (document_version, person);
create index if not exists acknowledgement__document_version__index on acknowledgement ("document_version", id);
create index if not exists acknowledgement__person__index on acknowledgement ("person", id);
create index if not exists acknowledgement__requested_on__index on acknowledgement ("requested_on", id);
create index if not exists acknowledgement__acknowledged_on__index on acknowledgement ("acknowledged_on", id);

create table if not exists policy_parameter (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "key" text, "value" real, "unit" text, "source" text, "approved_by" text, "effective_on" text, "declined_by" text) strict;
create index if not exists policy_parameter__key_effective_on__together on policy_parameter (key, effective_on);
create index if not exists policy_parameter__key__index on policy_parameter ("key", id);
create index if not exists policy_parameter__value__index on policy_parameter ("value", id);
create index if not exists policy_parameter__unit__index on policy_parameter ("unit", id);
create index if not exists policy_parameter__source__index on policy_parameter ("source", id);
create index if not exists policy_parameter__approved_by__index on policy_parameter ("approved_by", id);
create index if not exists policy_parameter__effective_on__index on policy_parameter ("effective_on", id);
create index if not exists policy_parameter__declined_by__index on policy_parameter ("declined_by", id);

create table if not exists risk_methodology (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "version" integer, "status" text, "approach" text, "likelihood_min" integer, "likelihood_max" integer, "impact_min" integer, "impact_max" integer, "level_definitions" integer, "formula" text, "matrix" text, "acceptance_threshold" real, "assessment_criteria" text, "reassessment_interval_days" integer, "tolerance_levels" integer, "document_version" text, "approved_by" text, "approved_on" text, "effective_on" text, "levels" text, "bands" text) strict;
create index if not exists risk_methodology__version__together on risk_methodology (version);
create index if not exists risk_methodology__version__index on risk_methodology ("version", id);
create index if not exists risk_methodology__status__index on risk_methodology ("status", id);
create index if not exists risk_methodology__approach__index on risk_methodology ("approach", id);
create index if not exists risk_methodology__formula__index on risk_methodology ("formula", id);
create index if not exists risk_methodology__acceptance_threshold__index on risk_methodology ("acceptance_threshold", id);
create index if not exists risk_methodology__document_version__index on risk_methodology ("document_version", id);
create index if not exists risk_methodology__approved_by__index on risk_methodology ("approved_by", id);
create index if not exists risk_methodology__effective_on__index on risk_methodology ("effective_on", id);
create table if not exists risk_methodology__levels (record text not null, position integer not null, "scale" text, "level" integer, "name" text, "meaning" text, primary key (record, position)) strict;
create table if not exists risk_methodology__bands (record text not null, position integer not null, "name" text, "from" real, primary key (record, position)) strict;

create table if not exists calibration_exercise (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "methodology" text, "held_on" text, "assessors" text, "scores" text, "max_spread" integer, "reconciled_on" text, "scenarios" text, "reconciliations" text, "agreement" text) strict;
create index if not exists calibration_exercise__methodology__index on calibration_exercise ("methodology", id);
create index if not exists calibration_exercise__held_on__index on calibration_exercise ("held_on", id);
create table if not exists calibration_exercise__assessors (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists calibration_exercise__assessors__value on calibration_exercise__assessors (value, record);
create table if not exists calibration_exercise__scores (record text not null, position integer not null, "scenario" text, "assessor" text, "likelihood" integer, "impact" integer, primary key (record, position)) strict;
create index if not exists calibration_exercise__max_spread__index on calibration_exercise ("max_spread", id);
create index if not exists calibration_exercise__reconciled_on__index on calibration_exercise ("reconciled_on", id);
create table if not exists calibration_exercise__scenarios (record text not null, position integer not null, "name" text, "description" text, primary key (record, position)) strict;
create table if not exists calibration_exercise__reconciliations (record text not null, position integer not null, "scenario" text, "likelihood" integer, "impact" integer, "reason" text, "settled_on" text, primary key (record, position)) strict;
create table if not exists calibration_exercise__agreement (record text not null, position integer not null, "measured" text, "alpha" real, "low" real, "high" real, "remark" text, primary key (record, position)) strict;

create table if not exists risk_assessment_run (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "methodology" text, "scope" text, "kind" text, "trigger" text, "performed_on" text, "participants" text, "approved_by" text, "report" text) strict;
create index if not exists risk_assessment_run__methodology__index on risk_assessment_run ("methodology", id);
create index if not exists risk_assessment_run__scope__index on risk_assessment_run ("scope", id);
create index if not exists risk_assessment_run__kind__index on risk_assessment_run ("kind", id);
create index if not exists risk_assessment_run__trigger__index on risk_assessment_run ("trigger", id);
create index if not exists risk_assessment_run__performed_on__index on risk_assessment_run ("performed_on", id);
create table if not exists risk_assessment_run__participants (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists risk_assessment_run__participants__value on risk_assessment_run__participants (value, record);
create index if not exists risk_assessment_run__approved_by__index on risk_assessment_run ("approved_by", id);
create index if not exists risk_assessment_run__report__index on risk_assessment_run ("report", id);

create table if not exists threat_category (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "code" text, "name" text, "considered_not_relevant" integer, "rationale" text, "decided_by" text, "decided_on" text) strict;
create index if not exists threat_category__code__index on threat_category ("code", id);
create index if not exists threat_category__name__index on threat_category ("name", id);
create index if not exists threat_category__considered_not_relevant__index on threat_category ("considered_not_relevant", id);
create index if not exists threat_category__decided_by__index on threat_category ("decided_by", id);
create index if not exists threat_category__decided_on__index on threat_category ("decided_on", id);

create table if not exists risk (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "title" text, "scenario" text, "threat" text, "threat_category" text, "weakness" text, "consequence" text, "assets" text, "cia" text, "owner" text, "run" text, "methodology" text, "assessed_on" text, "next_review_on" text, "inherent_likelihood" integer, "inherent_impact" integer, "inherent_score" real, "residual_likelihood" integer, "residual_impact" integer, "residual_score" real, "target_likelihood" integer, "target_impact" integer, "target_score" real, "priority" integer, "treatment" text, "share_instrument" text, "share_valid_to" text, "avoided_activity_ceased_on" text, "controls" text, "status" text, "closed_on" text) strict;
create index if not exists risk__title__index on risk ("title", id);
create index if not exists risk__threat_category__index on risk ("threat_category", id);
create table if not exists risk__assets (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists risk__assets__value on risk__assets (value, record);
create table if not exists risk__cia (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists risk__cia__value on risk__cia (value, record);
create index if not exists risk__owner__index on risk ("owner", id);
create index if not exists risk__run__index on risk ("run", id);
create index if not exists risk__methodology__index on risk ("methodology", id);
create index if not exists risk__next_review_on__index on risk ("next_review_on", id);
create index if not exists risk__residual_score__index on risk ("residual_score", id);
create index if not exists risk__treatment__index on risk ("treatment", id);
create table if not exists risk__controls (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists risk__controls__value on risk__controls (value, record);
create index if not exists risk__status__index on risk ("status", id);

create table if not exists risk_treatment_plan (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "version" integer, "status" text, "document_version" text, "approvals" text, "last_progress_review_on" text, "escalation_score" real) strict;
create index if not exists risk_treatment_plan__version__together on risk_treatment_plan (version);
create index if not exists risk_treatment_plan__version__index on risk_treatment_plan ("version", id);
create index if not exists risk_treatment_plan__status__index on risk_treatment_plan ("status", id);
create index if not exists risk_treatment_plan__document_version__index on risk_treatment_plan ("document_version", id);
create table if not exists risk_treatment_plan__approvals (record text not null, position integer not null, "risk" text, "person" text, "approved_on" text, "seen" text, primary key (record, position)) strict;
create index if not exists risk_treatment_plan__last_progress_review_on__index on risk_treatment_plan ("last_progress_review_on", id);

create table if not exists treatment_action (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "plan" text, "risk" text, "control" text, "description" text, "owner" text, "resources" text, "start_on" text, "due_on" text, "original_due_on" text, "reschedules" integer, "status" text, "completed_on" text, "evidence" text, "cost" real, "depends_on" text) strict;
create index if not exists treatment_action__plan__index on treatment_action ("plan", id);
create index if not exists treatment_action__risk__index on treatment_action ("risk", id);
create index if not exists treatment_action__control__index on treatment_action ("control", id);
create index if not exists treatment_action__owner__index on treatment_action ("owner", id);
create index if not exists treatment_action__due_on__index on treatment_action ("due_on", id);
create index if not exists treatment_action__status__index on treatment_action ("status", id);
create table if not exists treatment_action__evidence (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists treatment_action__evidence__value on treatment_action__evidence (value, record);
create table if not exists treatment_action__depends_on (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists treatment_action__depends_on__value on treatment_action__depends_on (value, record);

create table if not exists risk_acceptance (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "risk" text, "accepted_by" text, "accepted_on" text, "score_at_acceptance" real, "rationale" text, "expires_on" text, "status" text) strict;
create index if not exists risk_acceptance__risk__index on risk_acceptance ("risk", id);
create index if not exists risk_acceptance__accepted_by__index on risk_acceptance ("accepted_by", id);
create index if not exists risk_acceptance__accepted_on__index on risk_acceptance ("accepted_on", id);
create index if not exists risk_acceptance__score_at_acceptance__index on risk_acceptance ("score_at_acceptance", id);
create index if not exists risk_acceptance__expires_on__index on risk_acceptance ("expires_on", id);
create index if not exists risk_acceptance__status__index on risk_acceptance ("status", id);

create table if not exists loss_estimate (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "risk" text, "situation" text, "frequency_model" text, "frequency_low" real, "frequency_likely" real, "frequency_high" real, "loss_model" text, "loss_low" real, "loss_likely" real, "loss_high" real, "yearly_cost" real, "rationale" text, "estimated_by" text, "estimated_on" text) strict;
create index if not exists loss_estimate__risk_situation__together on loss_estimate (risk, situation);
create index if not exists loss_estimate__risk__index on loss_estimate ("risk", id);
create index if not exists loss_estimate__situation__index on loss_estimate ("situation", id);
create index if not exists loss_estimate__estimated_by__index on loss_estimate ("estimated_by", id);
create index if not exists loss_estimate__estimated_on__index on loss_estimate ("estimated_on", id);

create table if not exists loss_tolerance (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "currency" text, "points" text, "rationale" text, "status" text, "approved_by" text, "approved_on" text) strict;
create index if not exists loss_tolerance__currency__index on loss_tolerance ("currency", id);
create table if not exists loss_tolerance__points (record text not null, position integer not null, "loss" real, "probability" real, primary key (record, position)) strict;
create index if not exists loss_tolerance__status__index on loss_tolerance ("status", id);
create index if not exists loss_tolerance__approved_by__index on loss_tolerance ("approved_by", id);
create index if not exists loss_tolerance__approved_on__index on loss_tolerance ("approved_on", id);

create table if not exists statement_of_applicability (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "version" integer, "status" text, "scope" text, "run" text, "approved_by" text, "approved_on" text, "last_reviewed_on" text, "document_version" text) strict;
create index if not exists statement_of_applicability__version__together on statement_of_applicability (version);
create index if not exists statement_of_applicability__version__index on statement_of_applicability ("version", id);
create index if not exists statement_of_applicability__status__index on statement_of_applicability ("status", id);
create index if not exists statement_of_applicability__scope__index on statement_of_applicability ("scope", id);
create index if not exists statement_of_applicability__run__index on statement_of_applicability ("run", id);
create index if not exists statement_of_applicability__approved_by__index on statement_of_applicability ("approved_by", id);
create index if not exists statement_of_applicability__approved_on__index on statement_of_applicability ("approved_on", id);
create index if not exists statement_of_applicability__last_reviewed_on__index on statement_of_applicability ("last_reviewed_on", id);
create index if not exists statement_of_applicability__document_version__index on statement_of_applicability ("document_version", id);

create table if not exists soa_entry (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "soa" text, "control_ref" text, "origin" text, "applicability" text, "inclusion_reasons" text, "inclusion_justification" text, "exclusion_justification" text, "implementation_status" text, "linked_risks" text, "linked_obligations" text, "control" text, "last_reviewed_on" text, "built_mark" text) strict;
create index if not exists soa_entry__soa_control_ref__together on soa_entry (soa, control_ref);
create index if not exists soa_entry__soa__index on soa_entry ("soa", id);
create index if not exists soa_entry__control_ref__index on soa_entry ("control_ref", id);
create index if not exists soa_entry__applicability__index on soa_entry ("applicability", id);
create table if not exists soa_entry__inclusion_reasons (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists soa_entry__inclusion_reasons__value on soa_entry__inclusion_reasons (value, record);
create index if not exists soa_entry__implementation_status__index on soa_entry ("implementation_status", id);
create table if not exists soa_entry__linked_risks (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists soa_entry__linked_risks__value on soa_entry__linked_risks (value, record);
create table if not exists soa_entry__linked_obligations (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists soa_entry__linked_obligations__value on soa_entry__linked_obligations (value, record);
create index if not exists soa_entry__control__index on soa_entry ("control", id);
create index if not exists soa_entry__last_reviewed_on__index on soa_entry ("last_reviewed_on", id);

create table if not exists control (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "title" text, "code" text, "owner" text, "status" text, "operational_since" text, "frequency" text, "evidence_freshness_days" integer, "sites" text, "systems" text, "procedure" text, "procedure_required" integer, "key_control" integer, "effectiveness" text) strict;
create index if not exists control__title__index on control ("title", id);
create index if not exists control__code__index on control ("code", id);
create index if not exists control__owner__index on control ("owner", id);
create index if not exists control__status__index on control ("status", id);
create index if not exists control__frequency__index on control ("frequency", id);
create table if not exists control__sites (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists control__sites__value on control__sites (value, record);
create table if not exists control__systems (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists control__systems__value on control__systems (value, record);
create index if not exists control__procedure__index on control ("procedure", id);
create index if not exists control__key_control__index on control ("key_control", id);
create index if not exists control__effectiveness__index on control ("effectiveness", id);

create table if not exists control_test (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "tested_on" text, "control" text, "tester" text, "method" text, "population" integer, "sample" integer, "exceptions" integer, "result" text) strict;
create index if not exists control_test__tested_on__index on control_test ("tested_on", id);
create index if not exists control_test__control__index on control_test ("control", id);
create index if not exists control_test__tester__index on control_test ("tester", id);
create index if not exists control_test__method__index on control_test ("method", id);
create index if not exists control_test__sample__index on control_test ("sample", id);
create index if not exists control_test__exceptions__index on control_test ("exceptions", id);
create index if not exists control_test__result__index on control_test ("result", id);

create table if not exists evidence (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "kind" text, "refs" text, "controls" text, "source" text, "period_start" text, "period_end" text, "collected_on" text, "collected_by" text, "content_hash" text, "stored_hash" text, "sites" text, "systems" text, "review_status" text, "reviewed_by" text, "superseded_by" text) strict;
create index if not exists evidence__kind__index on evidence ("kind", id);
create table if not exists evidence__refs (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists evidence__refs__value on evidence__refs (value, record);
create table if not exists evidence__controls (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists evidence__controls__value on evidence__controls (value, record);
create index if not exists evidence__period_end__index on evidence ("period_end", id);
create index if not exists evidence__collected_on__index on evidence ("collected_on", id);
create index if not exists evidence__collected_by__index on evidence ("collected_by", id);
create index if not exists evidence__content_hash__index on evidence ("content_hash", id);
create table if not exists evidence__sites (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists evidence__sites__value on evidence__sites (value, record);
create table if not exists evidence__systems (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists evidence__systems__value on evidence__systems (value, record);
create index if not exists evidence__review_status__index on evidence ("review_status", id);
create index if not exists evidence__reviewed_by__index on evidence ("reviewed_by", id);
create index if not exists evidence__superseded_by__index on evidence ("superseded_by", id);

create table if not exists control_exception (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "subject" text, "control" text, "reason" text, "compensating_control" text, "risk" text, "requested_by" text, "approved_by" text, "approved_on" text, "expires_on" text, "status" text) strict;
create index if not exists control_exception__subject__index on control_exception ("subject", id);
create index if not exists control_exception__control__index on control_exception ("control", id);
create index if not exists control_exception__risk__index on control_exception ("risk", id);
create index if not exists control_exception__requested_by__index on control_exception ("requested_by", id);
create index if not exists control_exception__approved_by__index on control_exception ("approved_by", id);
create index if not exists control_exception__expires_on__index on control_exception ("expires_on", id);
create index if not exists control_exception__status__index on control_exception ("status", id);

create table if not exists annex_a_control (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "ref" text, "theme" text, "short_name" text, "default_frequency_days" integer) strict;
create index if not exists annex_a_control__ref__index on annex_a_control ("ref", id);
create index if not exists annex_a_control__theme__index on annex_a_control ("theme", id);
create index if not exists annex_a_control__short_name__index on annex_a_control ("short_name", id);
create index if not exists annex_a_control__default_frequency_days__index on annex_a_control ("default_frequency_days", id);

create table if not exists gap_assessment (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "performed_on" text, "assessor" text, "edition" text, "effort_person_days" real, "tooling_cost" real, "consultancy_cost" real, "approved_by" text, "approved_on" text, "assumptions" text, "roadmap_from" text, "persons_available" real, "days_a_week" real, "assignments" text) strict;
create index if not exists gap_assessment__performed_on__index on gap_assessment ("performed_on", id);
create index if not exists gap_assessment__assessor__index on gap_assessment ("assessor", id);
create index if not exists gap_assessment__edition__index on gap_assessment ("edition", id);
create index if not exists gap_assessment__effort_person_days__index on gap_assessment ("effort_person_days", id);
create index if not exists gap_assessment__tooling_cost__index on gap_assessment ("tooling_cost", id);
create index if not exists gap_assessment__consultancy_cost__index on gap_assessment ("consultancy_cost", id);
create index if not exists gap_assessment__approved_by__index on gap_assessment ("approved_by", id);
create table if not exists gap_assessment__assignments (record text not null, position integer not null, "person" text, "questions" text, primary key (record, position)) strict;

create table if not exists gap_item (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "assessment" text, "ref" text, "dimension" text, "result" text, "rationale" text, "risk_severity" text, "complexity" text, "priority" integer, "action" text, "owner" text, "target_on" text, "assessor" text, "assessed_on" text, "evidence" text, "effort_days" real, "cost" real, "depends_on" text, "roadmap_on" text) strict;
create index if not exists gap_item__assessment_dimension_ref__together on gap_item (assessment, dimension, ref);
create index if not exists gap_item__assessment__index on gap_item ("assessment", id);
create index if not exists gap_item__ref__index on gap_item ("ref", id);
create index if not exists gap_item__dimension__index on gap_item ("dimension", id);
create index if not exists gap_item__result__index on gap_item ("result", id);
create index if not exists gap_item__risk_severity__index on gap_item ("risk_severity", id);
create index if not exists gap_item__priority__index on gap_item ("priority", id);
create index if not exists gap_item__owner__index on gap_item ("owner", id);
create index if not exists gap_item__target_on__index on gap_item ("target_on", id);
create index if not exists gap_item__assessor__index on gap_item ("assessor", id);
create table if not exists gap_item__evidence (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists gap_item__evidence__value on gap_item__evidence (value, record);
create table if not exists gap_item__depends_on (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists gap_item__depends_on__value on gap_item__depends_on (value, record);

create table if not exists framework_mapping (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "requirement_ref" text, "framework" text, "control" text, "relation" text) strict;
create index if not exists framework_mapping__requirement_ref__index on framework_mapping ("requirement_ref", id);
create index if not exists framework_mapping__framework__index on framework_mapping ("framework", id);
create index if not exists framework_mapping__control__index on framework_mapping ("control", id);
create index if not exists framework_mapping__relation__index on framework_mapping ("relation", id);

create table if not exists asset (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "name" text, "kind" text, "owner" text, "classification" text, "in_scope" integer, "critical" integer, "personal_data" integer, "site" text, "cloud_region" text, "system" text, "source" text, "registered_on" text, "discovered_on" text, "last_verified_on" text, "lifecycle" text, "vendor_support_ends_on" text, "licence_valid_to" text) strict;
create index if not exists asset__name__index on asset ("name", id);
create index if not exists asset__kind__index on asset ("kind", id);
create index if not exists asset__owner__index on asset ("owner", id);
create index if not exists asset__classification__index on asset ("classification", id);
create index if not exists asset__in_scope__index on asset ("in_scope", id);
create index if not exists asset__site__index on asset ("site", id);
create index if not exists asset__system__index on asset ("system", id);
create index if not exists asset__lifecycle__index on asset ("lifecycle", id);

create table if not exists system (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "name" text, "owner" text, "environment" text, "in_scope" integer, "handles_sensitive" integer, "internet_facing" integer, "access_class" text, "cloud_region" text, "supplier" text, "mfa_enforced" integer, "rto_hours" real, "rpo_hours" real, "logging_required" integer, "time_synchronised" integer, "uses_production_data" integer, "data_masked" integer, "stores_source_code" integer) strict;
create index if not exists system__name__index on system ("name", id);
create index if not exists system__owner__index on system ("owner", id);
create index if not exists system__environment__index on system ("environment", id);
create index if not exists system__in_scope__index on system ("in_scope", id);
create index if not exists system__handles_sensitive__index on system ("handles_sensitive", id);
create index if not exists system__internet_facing__index on system ("internet_facing", id);
create index if not exists system__supplier__index on system ("supplier", id);

create table if not exists account (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "system" text, "login" text, "kind" text, "person" text, "owner" text, "privileged" integer, "roles" text, "requested_by" text, "approved_by" text, "approved_on" text, "created_on" text, "mfa_enabled" integer, "last_login_at" text, "disabled_at" text, "secret_rotated_on" text) strict;
create index if not exists account__system_login__together on account (system, login);
create index if not exists account__system__index on account ("system", id);
create index if not exists account__login__index on account ("login", id);
create index if not exists account__kind__index on account ("kind", id);
create index if not exists account__person__index on account ("person", id);
create index if not exists account__owner__index on account ("owner", id);
create index if not exists account__privileged__index on account ("privileged", id);
create table if not exists account__roles (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists account__roles__value on account__roles (value, record);
create index if not exists account__requested_by__index on account ("requested_by", id);
create index if not exists account__approved_by__index on account ("approved_by", id);
create index if not exists account__last_login_at__index on account ("last_login_at", id);

create table if not exists access_review (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "system" text, "kind" text, "period_end" text, "completed_on" text, "reviewer" text, "accounts_in_population" integer, "accounts_reviewed" integer, "self_reviewed" integer, "revocations_required" integer, "revocations_done_on" text, "evidence" text) strict;
create index if not exists access_review__system__index on access_review ("system", id);
create index if not exists access_review__kind__index on access_review ("kind", id);
create index if not exists access_review__period_end__index on access_review ("period_end", id);
create index if not exists access_review__completed_on__index on access_review ("completed_on", id);
create index if not exists access_review__reviewer__index on access_review ("reviewer", id);
create index if not exists access_review__accounts_in_population__index on access_review ("accounts_in_population", id);
create index if not exists access_review__accounts_reviewed__index on access_review ("accounts_reviewed", id);
create index if not exists access_review__evidence__index on access_review ("evidence", id);

create table if not exists data_store (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "system" text, "name" text, "classification" text, "encrypted_at_rest" integer, "algorithm" text, "key_custodian" text, "key_rotated_on" text, "key_rotation_days" integer, "retention_days" integer, "oldest_record_on" text) strict;
create index if not exists data_store__system__index on data_store ("system", id);
create index if not exists data_store__name__index on data_store ("name", id);
create index if not exists data_store__classification__index on data_store ("classification", id);
create index if not exists data_store__encrypted_at_rest__index on data_store ("encrypted_at_rest", id);
create index if not exists data_store__key_custodian__index on data_store ("key_custodian", id);
create index if not exists data_store__oldest_record_on__index on data_store ("oldest_record_on", id);

create table if not exists tls_endpoint (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "system" text, "host" text, "min_tls" text, "carries_sensitive" integer, "certificate_expires_on" text, "last_probed_on" text) strict;
create index if not exists tls_endpoint__system__index on tls_endpoint ("system", id);
create index if not exists tls_endpoint__host__index on tls_endpoint ("host", id);
create index if not exists tls_endpoint__min_tls__index on tls_endpoint ("min_tls", id);
create index if not exists tls_endpoint__carries_sensitive__index on tls_endpoint ("carries_sensitive", id);
create index if not exists tls_endpoint__certificate_expires_on__index on tls_endpoint ("certificate_expires_on", id);
create index if not exists tls_endpoint__last_probed_on__index on tls_endpoint ("last_probed_on", id);

create table if not exists vulnerability_scan (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "kind" text, "performed_at" text, "authenticated" integer, "assets" text, "evidence" text) strict;
create index if not exists vulnerability_scan__kind__index on vulnerability_scan ("kind", id);
create index if not exists vulnerability_scan__performed_at__index on vulnerability_scan ("performed_at", id);
create index if not exists vulnerability_scan__authenticated__index on vulnerability_scan ("authenticated", id);
create table if not exists vulnerability_scan__assets (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists vulnerability_scan__assets__value on vulnerability_scan__assets (value, record);
create index if not exists vulnerability_scan__evidence__index on vulnerability_scan ("evidence", id);

create table if not exists vulnerability_finding (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "asset" text, "identifier" text, "cvss" real, "detected_on" text, "patch_available_on" text, "status" text, "remediated_on" text, "verified_by" text, "exception" text) strict;
create index if not exists vulnerability_finding__asset__index on vulnerability_finding ("asset", id);
create index if not exists vulnerability_finding__identifier__index on vulnerability_finding ("identifier", id);
create index if not exists vulnerability_finding__cvss__index on vulnerability_finding ("cvss", id);
create index if not exists vulnerability_finding__detected_on__index on vulnerability_finding ("detected_on", id);
create index if not exists vulnerability_finding__status__index on vulnerability_finding ("status", id);
create index if not exists vulnerability_finding__remediated_on__index on vulnerability_finding ("remediated_on", id);
create index if not exists vulnerability_finding__verified_by__index on vulnerability_finding ("verified_by", id);
create index if not exists vulnerability_finding__exception__index on vulnerability_finding ("exception", id);

create table if not exists log_source (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "system" text, "centralised" integer, "last_event_at" text, "max_silence_hours" real, "online_days" integer, "archive_days" integer, "oldest_online_on" text, "integrity" text, "integrity_checked_on" text) strict;
create index if not exists log_source__system__index on log_source ("system", id);
create index if not exists log_source__centralised__index on log_source ("centralised", id);
create index if not exists log_source__last_event_at__index on log_source ("last_event_at", id);
create index if not exists log_source__online_days__index on log_source ("online_days", id);
create index if not exists log_source__archive_days__index on log_source ("archive_days", id);
create index if not exists log_source__integrity__index on log_source ("integrity", id);

create table if not exists detection_rule (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "name" text, "category" text, "enabled" integer, "last_tuned_on" text, "last_test_fired_on" text, "owner" text) strict;
create index if not exists detection_rule__name__index on detection_rule ("name", id);
create index if not exists detection_rule__category__index on detection_rule ("category", id);
create index if not exists detection_rule__enabled__index on detection_rule ("enabled", id);
create index if not exists detection_rule__last_tuned_on__index on detection_rule ("last_tuned_on", id);
create index if not exists detection_rule__last_test_fired_on__index on detection_rule ("last_test_fired_on", id);
create index if not exists detection_rule__owner__index on detection_rule ("owner", id);

create table if not exists security_alert (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "rule" text, "queue" text, "severity" text, "raised_at" text, "triaged_at" text, "disposition" text, "incident" text) strict;
create index if not exists security_alert__rule__index on security_alert ("rule", id);
create index if not exists security_alert__queue__index on security_alert ("queue", id);
create index if not exists security_alert__severity__index on security_alert ("severity", id);
create index if not exists security_alert__raised_at__index on security_alert ("raised_at", id);
create index if not exists security_alert__triaged_at__index on security_alert ("triaged_at", id);
create index if not exists security_alert__disposition__index on security_alert ("disposition", id);
create index if not exists security_alert__incident__index on security_alert ("incident", id);

create table if not exists endpoint (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "asset" text, "user" text, "status" text, "in_scope" integer, "edr_installed" integer, "centrally_managed" integer, "last_seen_at" text, "signatures_updated_at" text, "disk_encrypted" integer, "edr_not_supported" integer) strict;
create index if not exists endpoint__asset__index on endpoint ("asset", id);
create index if not exists endpoint__user__index on endpoint ("user", id);
create index if not exists endpoint__status__index on endpoint ("status", id);
create index if not exists endpoint__edr_installed__index on endpoint ("edr_installed", id);
create index if not exists endpoint__last_seen_at__index on endpoint ("last_seen_at", id);
create index if not exists endpoint__disk_encrypted__index on endpoint ("disk_encrypted", id);

create table if not exists network_diagram (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "document_version" text, "site" text, "cloud_region" text, "verified_against_actual_on" text) strict;
create index if not exists network_diagram__document_version__index on network_diagram ("document_version", id);
create index if not exists network_diagram__site__index on network_diagram ("site", id);
create index if not exists network_diagram__cloud_region__index on network_diagram ("cloud_region", id);
create index if not exists network_diagram__verified_against_actual_on__index on network_diagram ("verified_against_actual_on", id);

create table if not exists network_segment (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "name" text, "site" text, "cloud_region" text, "sensitive" integer, "declared_in" text, "observed_on" text, "reachable_from_corporate" integer, "approved_flows_documented" integer) strict;
create index if not exists network_segment__name__index on network_segment ("name", id);
create index if not exists network_segment__site__index on network_segment ("site", id);
create index if not exists network_segment__cloud_region__index on network_segment ("cloud_region", id);
create index if not exists network_segment__sensitive__index on network_segment ("sensitive", id);
create index if not exists network_segment__declared_in__index on network_segment ("declared_in", id);
create index if not exists network_segment__observed_on__index on network_segment ("observed_on", id);
create index if not exists network_segment__reachable_from_corporate__index on network_segment ("reachable_from_corporate", id);

create table if not exists change (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "title" text, "kind" text, "system" text, "requested_by" text, "approved_by" text, "approved_on" text, "implemented_by" text, "implemented_on" text, "risk_assessed" integer, "tested" integer, "security_tested" integer, "rollback_plan" integer, "retrospective_review_on" text, "affects_network" integer) strict;
create index if not exists change__title__index on change ("title", id);
create index if not exists change__kind__index on change ("kind", id);
create index if not exists change__system__index on change ("system", id);
create index if not exists change__requested_by__index on change ("requested_by", id);
create index if not exists change__approved_by__index on change ("approved_by", id);
create index if not exists change__approved_on__index on change ("approved_on", id);
create index if not exists change__implemented_by__index on change ("implemented_by", id);
create index if not exists change__implemented_on__index on change ("implemented_on", id);

create table if not exists configuration_baseline (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "applies_to" text, "document_version" text, "last_checked_on" text, "deviations_open" integer, "coverage_pct" real) strict;
create index if not exists configuration_baseline__applies_to__index on configuration_baseline ("applies_to", id);
create index if not exists configuration_baseline__document_version__index on configuration_baseline ("document_version", id);
create index if not exists configuration_baseline__last_checked_on__index on configuration_baseline ("last_checked_on", id);
create index if not exists configuration_baseline__deviations_open__index on configuration_baseline ("deviations_open", id);
create index if not exists configuration_baseline__coverage_pct__index on configuration_baseline ("coverage_pct", id);

create table if not exists backup_plan (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "system" text, "frequency_hours" real, "last_success_at" text, "failed_runs_7d" integer, "offsite" integer, "isolated_copy" integer, "encrypted" integer, "recovery_procedure" text) strict;
create index if not exists backup_plan__system__index on backup_plan ("system", id);
create index if not exists backup_plan__frequency_hours__index on backup_plan ("frequency_hours", id);
create index if not exists backup_plan__last_success_at__index on backup_plan ("last_success_at", id);
create index if not exists backup_plan__failed_runs_7d__index on backup_plan ("failed_runs_7d", id);
create index if not exists backup_plan__offsite__index on backup_plan ("offsite", id);
create index if not exists backup_plan__isolated_copy__index on backup_plan ("isolated_copy", id);
create index if not exists backup_plan__recovery_procedure__index on backup_plan ("recovery_procedure", id);

create table if not exists restore_test (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "plan" text, "performed_on" text, "result" text, "achieved_rto_hours" real, "achieved_rpo_hours" real, "evidence" text, "follow_up" text) strict;
create index if not exists restore_test__plan__index on restore_test ("plan", id);
create index if not exists restore_test__performed_on__index on restore_test ("performed_on", id);
create index if not exists restore_test__result__index on restore_test ("result", id);
create index if not exists restore_test__achieved_rto_hours__index on restore_test ("achieved_rto_hours", id);
create index if not exists restore_test__achieved_rpo_hours__index on restore_test ("achieved_rpo_hours", id);
create index if not exists restore_test__evidence__index on restore_test ("evidence", id);
create index if not exists restore_test__follow_up__index on restore_test ("follow_up", id);

create table if not exists continuity_plan (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "kind" text, "document_version" text, "processes" text, "systems" text, "rto_hours" real, "rpo_hours" real, "security_during_disruption" integer) strict;
create index if not exists continuity_plan__kind__index on continuity_plan ("kind", id);
create index if not exists continuity_plan__document_version__index on continuity_plan ("document_version", id);
create table if not exists continuity_plan__processes (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists continuity_plan__processes__value on continuity_plan__processes (value, record);
create table if not exists continuity_plan__systems (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists continuity_plan__systems__value on continuity_plan__systems (value, record);
create index if not exists continuity_plan__rto_hours__index on continuity_plan ("rto_hours", id);
create index if not exists continuity_plan__rpo_hours__index on continuity_plan ("rpo_hours", id);
create index if not exists continuity_plan__security_during_disruption__index on continuity_plan ("security_during_disruption", id);

create table if not exists continuity_exercise (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "plan" text, "kind" text, "performed_on" text, "achieved_rto_hours" real, "lessons" text, "actions" text, "evidence" text) strict;
create index if not exists continuity_exercise__plan__index on continuity_exercise ("plan", id);
create index if not exists continuity_exercise__kind__index on continuity_exercise ("kind", id);
create index if not exists continuity_exercise__performed_on__index on continuity_exercise ("performed_on", id);
create index if not exists continuity_exercise__achieved_rto_hours__index on continuity_exercise ("achieved_rto_hours", id);
create table if not exists continuity_exercise__actions (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists continuity_exercise__actions__value on continuity_exercise__actions (value, record);
create index if not exists continuity_exercise__evidence__index on continuity_exercise ("evidence", id);

create table if not exists code_repository (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "system" text, "branch_protected" integer, "review_required" integer, "secret_scanning" integer, "dependency_scanning" integer, "open_secrets" integer) strict;
create index if not exists code_repository__system__index on code_repository ("system", id);
create index if not exists code_repository__branch_protected__index on code_repository ("branch_protected", id);
create index if not exists code_repository__review_required__index on code_repository ("review_required", id);
create index if not exists code_repository__secret_scanning__index on code_repository ("secret_scanning", id);
create index if not exists code_repository__dependency_scanning__index on code_repository ("dependency_scanning", id);
create index if not exists code_repository__open_secrets__index on code_repository ("open_secrets", id);

create table if not exists secure_area (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "site" text, "name" text, "entry_control" text, "monitored" integer, "visitor_log" integer, "access_list_reviewed_on" text) strict;
create index if not exists secure_area__site__index on secure_area ("site", id);
create index if not exists secure_area__name__index on secure_area ("name", id);
create index if not exists secure_area__entry_control__index on secure_area ("entry_control", id);
create index if not exists secure_area__monitored__index on secure_area ("monitored", id);
create index if not exists secure_area__visitor_log__index on secure_area ("visitor_log", id);
create index if not exists secure_area__access_list_reviewed_on__index on secure_area ("access_list_reviewed_on", id);

create table if not exists physical_inspection (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "site" text, "kind" text, "performed_on" text, "issues_open" integer, "next_due_on" text, "evidence" text) strict;
create index if not exists physical_inspection__site__index on physical_inspection ("site", id);
create index if not exists physical_inspection__kind__index on physical_inspection ("kind", id);
create index if not exists physical_inspection__performed_on__index on physical_inspection ("performed_on", id);
create index if not exists physical_inspection__issues_open__index on physical_inspection ("issues_open", id);
create index if not exists physical_inspection__next_due_on__index on physical_inspection ("next_due_on", id);
create index if not exists physical_inspection__evidence__index on physical_inspection ("evidence", id);

create table if not exists disposal_record (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "asset" text, "performed_on" text, "method" text, "certificate" text) strict;
create index if not exists disposal_record__asset__index on disposal_record ("asset", id);
create index if not exists disposal_record__performed_on__index on disposal_record ("performed_on", id);
create index if not exists disposal_record__method__index on disposal_record ("method", id);
create index if not exists disposal_record__certificate__index on disposal_record ("certificate", id);

create table if not exists incident (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "title" text, "stage" text, "severity" text, "reported_at" text, "classified_at" text, "contained_at" text, "resolved_at" text, "closed_at" text, "owner" text, "personal_data_breach" integer, "applicable_obligations" text, "notifications" text, "response_log" integer, "evidence_preserved" integer, "root_cause" text, "lessons_learned_on" text, "linked_risks" text, "nonconformity" text, "assets" text) strict;
create index if not exists incident__title__index on incident ("title", id);
create index if not exists incident__stage__index on incident ("stage", id);
create index if not exists incident__severity__index on incident ("severity", id);
create index if not exists incident__reported_at__index on incident ("reported_at", id);
create index if not exists incident__resolved_at__index on incident ("resolved_at", id);
create index if not exists incident__owner__index on incident ("owner", id);
create table if not exists incident__applicable_obligations (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists incident__applicable_obligations__value on incident__applicable_obligations (value, record);
create table if not exists incident__notifications (record text not null, position integer not null, "obligation" text, "sent_at" text, "not_required_rationale" text, primary key (record, position)) strict;
create table if not exists incident__linked_risks (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists incident__linked_risks__value on incident__linked_risks (value, record);
create index if not exists incident__nonconformity__index on incident ("nonconformity", id);
create table if not exists incident__assets (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists incident__assets__value on incident__assets (value, record);

create table if not exists screening_record (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "person" text, "level" text, "completed_on" text, "result" text, "waiver_approved_by" text) strict;
create index if not exists screening_record__person__index on screening_record ("person", id);
create index if not exists screening_record__level__index on screening_record ("level", id);
create index if not exists screening_record__completed_on__index on screening_record ("completed_on", id);
create index if not exists screening_record__result__index on screening_record ("result", id);
create index if not exists screening_record__waiver_approved_by__index on screening_record ("waiver_approved_by", id);

create table if not exists employment_agreement (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "person" text, "signed_on" text, "security_terms" integer, "confidentiality_signed_on" text, "post_employment_terms" integer) strict;
create index if not exists employment_agreement__person__index on employment_agreement ("person", id);
create index if not exists employment_agreement__signed_on__index on employment_agreement ("signed_on", id);
create index if not exists employment_agreement__security_terms__index on employment_agreement ("security_terms", id);
create index if not exists employment_agreement__confidentiality_signed_on__index on employment_agreement ("confidentiality_signed_on", id);
create index if not exists employment_agreement__post_employment_terms__index on employment_agreement ("post_employment_terms", id);

create table if not exists training_course (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "title" text, "roles" text, "validity_days" integer, "covers_policy" integer, "covers_contribution" integer, "covers_consequences" integer) strict;
create index if not exists training_course__title__index on training_course ("title", id);
create table if not exists training_course__roles (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists training_course__roles__value on training_course__roles (value, record);
create index if not exists training_course__validity_days__index on training_course ("validity_days", id);
create index if not exists training_course__covers_policy__index on training_course ("covers_policy", id);
create index if not exists training_course__covers_contribution__index on training_course ("covers_contribution", id);
create index if not exists training_course__covers_consequences__index on training_course ("covers_consequences", id);

create table if not exists training_assignment (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "person" text, "course" text, "assigned_on" text, "due_on" text, "completed_on" text, "score" real) strict;
create index if not exists training_assignment__person__index on training_assignment ("person", id);
create index if not exists training_assignment__course__index on training_assignment ("course", id);
create index if not exists training_assignment__assigned_on__index on training_assignment ("assigned_on", id);
create index if not exists training_assignment__due_on__index on training_assignment ("due_on", id);
create index if not exists training_assignment__completed_on__index on training_assignment ("completed_on", id);

create table if not exists competence_record (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "person" text, "role" text, "requirement" text, "basis" text, "evidence" text, "valid_to" text, "gap_action" text, "gap_action_completed_on" text, "effectiveness_evaluated_on" text) strict;
create index if not exists competence_record__person__index on competence_record ("person", id);
create index if not exists competence_record__role__index on competence_record ("role", id);
create index if not exists competence_record__basis__index on competence_record ("basis", id);
create index if not exists competence_record__evidence__index on competence_record ("evidence", id);
create index if not exists competence_record__valid_to__index on competence_record ("valid_to", id);

create table if not exists offboarding_case (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "person" text, "last_day" text, "access_revoked_at" text, "assets_to_return" text, "assets_returned_on" text, "duties_reminded_on" text, "closed_on" text) strict;
create index if not exists offboarding_case__person__index on offboarding_case ("person", id);
create index if not exists offboarding_case__last_day__index on offboarding_case ("last_day", id);
create index if not exists offboarding_case__access_revoked_at__index on offboarding_case ("access_revoked_at", id);
create table if not exists offboarding_case__assets_to_return (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists offboarding_case__assets_to_return__value on offboarding_case__assets_to_return (value, record);
create index if not exists offboarding_case__assets_returned_on__index on offboarding_case ("assets_returned_on", id);
create index if not exists offboarding_case__duties_reminded_on__index on offboarding_case ("duties_reminded_on", id);
create index if not exists offboarding_case__closed_on__index on offboarding_case ("closed_on", id);

create table if not exists supplier (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "name" text, "service" text, "tier" text, "cloud_service" integer, "processes_personal_data" integer, "in_scope" integer, "owner" text, "status" text, "exit_plan" integer, "shared_responsibility_documented" integer, "component_provenance_known" integer) strict;
create index if not exists supplier__name__index on supplier ("name", id);
create index if not exists supplier__service__index on supplier ("service", id);
create index if not exists supplier__tier__index on supplier ("tier", id);
create index if not exists supplier__in_scope__index on supplier ("in_scope", id);
create index if not exists supplier__owner__index on supplier ("owner", id);
create index if not exists supplier__status__index on supplier ("status", id);

create table if not exists supplier_agreement (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "supplier" text, "signed_on" text, "expires_on" text, "auto_renews" integer, "security_requirements" integer, "incident_notice_hours" real, "audit_right" integer, "data_processing_terms" integer, "end_of_contract_terms" integer) strict;
create index if not exists supplier_agreement__supplier__index on supplier_agreement ("supplier", id);
create index if not exists supplier_agreement__signed_on__index on supplier_agreement ("signed_on", id);
create index if not exists supplier_agreement__expires_on__index on supplier_agreement ("expires_on", id);
create index if not exists supplier_agreement__auto_renews__index on supplier_agreement ("auto_renews", id);
create index if not exists supplier_agreement__security_requirements__index on supplier_agreement ("security_requirements", id);
create index if not exists supplier_agreement__incident_notice_hours__index on supplier_agreement ("incident_notice_hours", id);

create table if not exists supplier_assessment (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "supplier" text, "performed_on" text, "method" text, "assurance_expires_on" text, "result" text, "conditions_open" integer) strict;
create index if not exists supplier_assessment__supplier__index on supplier_assessment ("supplier", id);
create index if not exists supplier_assessment__performed_on__index on supplier_assessment ("performed_on", id);
create index if not exists supplier_assessment__method__index on supplier_assessment ("method", id);
create index if not exists supplier_assessment__assurance_expires_on__index on supplier_assessment ("assurance_expires_on", id);
create index if not exists supplier_assessment__result__index on supplier_assessment ("result", id);
create index if not exists supplier_assessment__conditions_open__index on supplier_assessment ("conditions_open", id);

create table if not exists metric (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "name" text, "what" text, "method" text, "measure_every_days" integer, "measured_by" text, "automated" integer, "analyse_every_days" integer, "analysed_by" text, "target" real, "direction" text, "kind" text, "control" text, "active" integer, "active_since" text) strict;
create index if not exists metric__name__index on metric ("name", id);
create index if not exists metric__measure_every_days__index on metric ("measure_every_days", id);
create index if not exists metric__measured_by__index on metric ("measured_by", id);
create index if not exists metric__analysed_by__index on metric ("analysed_by", id);
create index if not exists metric__target__index on metric ("target", id);
create index if not exists metric__kind__index on metric ("kind", id);
create index if not exists metric__control__index on metric ("control", id);
create index if not exists metric__active__index on metric ("active", id);

create table if not exists measurement (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "period_end" text, "metric" text, "value" real, "measured_on" text, "analysed_on" text, "conclusion" text) strict;
create index if not exists measurement__metric_period_end__together on measurement (metric, period_end);
create index if not exists measurement__period_end__index on measurement ("period_end", id);
create index if not exists measurement__metric__index on measurement ("metric", id);
create index if not exists measurement__value__index on measurement ("value", id);
create index if not exists measurement__measured_on__index on measurement ("measured_on", id);
create index if not exists measurement__analysed_on__index on measurement ("analysed_on", id);

create table if not exists audit_programme (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "period_start" text, "period_end" text, "frequency_days" integer, "methods" text, "responsibilities" text, "considers_importance" integer, "considers_previous_results" integer, "approved_by" text, "approved_on" text) strict;
create index if not exists audit_programme__period_start__index on audit_programme ("period_start", id);
create index if not exists audit_programme__period_end__index on audit_programme ("period_end", id);
create index if not exists audit_programme__frequency_days__index on audit_programme ("frequency_days", id);
create index if not exists audit_programme__approved_by__index on audit_programme ("approved_by", id);
create index if not exists audit_programme__approved_on__index on audit_programme ("approved_on", id);

create table if not exists audit (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "kind" text, "programme" text, "certificate" text, "cb" text, "sequence" integer, "criteria" text, "scope_clauses" text, "scope_controls" text, "scope_sites" text, "method" text, "remote_feasibility_recorded" integer, "planned_start" text, "started_on" text, "ended_on" text, "lead" text, "team" text, "days" real, "status" text, "report" text, "reported_on" text, "reported_to" text, "conclusion" text) strict;
create index if not exists audit__kind__index on audit ("kind", id);
create index if not exists audit__programme__index on audit ("programme", id);
create index if not exists audit__certificate__index on audit ("certificate", id);
create index if not exists audit__cb__index on audit ("cb", id);
create table if not exists audit__scope_clauses (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists audit__scope_clauses__value on audit__scope_clauses (value, record);
create table if not exists audit__scope_controls (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists audit__scope_controls__value on audit__scope_controls (value, record);
create table if not exists audit__scope_sites (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists audit__scope_sites__value on audit__scope_sites (value, record);
create index if not exists audit__planned_start__index on audit ("planned_start", id);
create index if not exists audit__ended_on__index on audit ("ended_on", id);
create index if not exists audit__lead__index on audit ("lead", id);
create table if not exists audit__team (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists audit__team__value on audit__team (value, record);
create index if not exists audit__status__index on audit ("status", id);
create index if not exists audit__report__index on audit ("report", id);
create table if not exists audit__reported_to (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists audit__reported_to__value on audit__reported_to (value, record);
create index if not exists audit__conclusion__index on audit ("conclusion", id);

create table if not exists auditor (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "name" text, "person" text, "employer" text, "responsible_for" text, "consulted_until" text, "competence" text) strict;
create index if not exists auditor__name__index on auditor ("name", id);
create index if not exists auditor__person__index on auditor ("person", id);
create index if not exists auditor__employer__index on auditor ("employer", id);
create table if not exists auditor__responsible_for (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists auditor__responsible_for__value on auditor__responsible_for (value, record);
create index if not exists auditor__consulted_until__index on auditor ("consulted_until", id);
create table if not exists auditor__competence (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists auditor__competence__value on auditor__competence (value, record);

create table if not exists audit_sample (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "audit" text, "ref" text, "population" integer, "sampled" integer, "techniques" text, "result" text, "auditor" text) strict;
create index if not exists audit_sample__audit__index on audit_sample ("audit", id);
create index if not exists audit_sample__ref__index on audit_sample ("ref", id);
create index if not exists audit_sample__population__index on audit_sample ("population", id);
create index if not exists audit_sample__sampled__index on audit_sample ("sampled", id);
create table if not exists audit_sample__techniques (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists audit_sample__techniques__value on audit_sample__techniques (value, record);
create index if not exists audit_sample__result__index on audit_sample ("result", id);
create index if not exists audit_sample__auditor__index on audit_sample ("auditor", id);

create table if not exists finding (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "audit" text, "ref" text, "grade" text, "statement" text, "requirement" text, "objective_evidence" text, "site" text, "raised_on" text, "nonconformity" text, "addressed_on" text) strict;
create index if not exists finding__audit__index on finding ("audit", id);
create index if not exists finding__ref__index on finding ("ref", id);
create index if not exists finding__grade__index on finding ("grade", id);
create index if not exists finding__site__index on finding ("site", id);
create index if not exists finding__raised_on__index on finding ("raised_on", id);
create index if not exists finding__nonconformity__index on finding ("nonconformity", id);

create table if not exists nonconformity (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "finding" text, "source" text, "ref" text, "grade" text, "site" text, "raised_on" text, "statement" text, "correction" text, "correction_done_on" text, "extent_checked_on" text, "root_cause" text, "root_cause_method" text, "root_cause_on" text, "response_due_on" text, "closure_due_on" text, "plan_accepted_by_cb_on" text, "verified_by_cb_on" text, "status" text, "closed_on" text, "owner" text) strict;
create index if not exists nonconformity__finding__index on nonconformity ("finding", id);
create index if not exists nonconformity__source__index on nonconformity ("source", id);
create index if not exists nonconformity__ref__index on nonconformity ("ref", id);
create index if not exists nonconformity__grade__index on nonconformity ("grade", id);
create index if not exists nonconformity__site__index on nonconformity ("site", id);
create index if not exists nonconformity__raised_on__index on nonconformity ("raised_on", id);
create index if not exists nonconformity__closure_due_on__index on nonconformity ("closure_due_on", id);
create index if not exists nonconformity__status__index on nonconformity ("status", id);
create index if not exists nonconformity__owner__index on nonconformity ("owner", id);

create table if not exists corrective_action (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "nonconformity" text, "description" text, "owner" text, "due_on" text, "completed_on" text, "evidence" text, "effectiveness_criterion" text, "effectiveness_checked_on" text, "effectiveness_checked_by" text, "effectiveness" text) strict;
create index if not exists corrective_action__nonconformity__index on corrective_action ("nonconformity", id);
create index if not exists corrective_action__owner__index on corrective_action ("owner", id);
create index if not exists corrective_action__due_on__index on corrective_action ("due_on", id);
create index if not exists corrective_action__completed_on__index on corrective_action ("completed_on", id);
create table if not exists corrective_action__evidence (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists corrective_action__evidence__value on corrective_action__evidence (value, record);
create index if not exists corrective_action__effectiveness_checked_by__index on corrective_action ("effectiveness_checked_by", id);
create index if not exists corrective_action__effectiveness__index on corrective_action ("effectiveness", id);

create table if not exists improvement_item (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "source" text, "text" text, "decision" text, "decided_on" text, "implemented_on" text, "context_issue" text, "benefit" integer, "effort" integer, "owner" text, "due_on" text, "evaluation" text, "evaluated_on" text) strict;
create index if not exists improvement_item__source__index on improvement_item ("source", id);
create index if not exists improvement_item__decision__index on improvement_item ("decision", id);
create index if not exists improvement_item__decided_on__index on improvement_item ("decided_on", id);
create index if not exists improvement_item__implemented_on__index on improvement_item ("implemented_on", id);
create index if not exists improvement_item__context_issue__index on improvement_item ("context_issue", id);
create index if not exists improvement_item__owner__index on improvement_item ("owner", id);

create table if not exists management_review (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "planned_on" text, "held_on" text, "chair" text, "attendees" text, "minutes" text, "minutes_approved_on" text, "minutes_similarity_pct" real, "readiness_decision" text, "conclusion_suitability" text) strict;
create index if not exists management_review__planned_on__index on management_review ("planned_on", id);
create index if not exists management_review__held_on__index on management_review ("held_on", id);
create index if not exists management_review__chair__index on management_review ("chair", id);
create table if not exists management_review__attendees (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists management_review__attendees__value on management_review__attendees (value, record);
create index if not exists management_review__minutes__index on management_review ("minutes", id);
create index if not exists management_review__minutes_approved_on__index on management_review ("minutes_approved_on", id);
create index if not exists management_review__readiness_decision__index on management_review ("readiness_decision", id);

create table if not exists review_input (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "item" text, "review" text, "discussed" integer, "content" text, "data_as_of" text) strict;
create index if not exists review_input__review_item__together on review_input (review, item);
create index if not exists review_input__item__index on review_input ("item", id);
create index if not exists review_input__review__index on review_input ("review", id);
create index if not exists review_input__discussed__index on review_input ("discussed", id);
create index if not exists review_input__data_as_of__index on review_input ("data_as_of", id);

create table if not exists review_decision (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "review" text, "text" text, "kind" text, "owner" text, "due_on" text, "status" text, "done_on" text) strict;
create index if not exists review_decision__review__index on review_decision ("review", id);
create index if not exists review_decision__kind__index on review_decision ("kind", id);
create index if not exists review_decision__owner__index on review_decision ("owner", id);
create index if not exists review_decision__due_on__index on review_decision ("due_on", id);
create index if not exists review_decision__status__index on review_decision ("status", id);

create table if not exists certification_project (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "edition" text, "phase" text, "headcount_declared" integer, "sites_declared" text, "chosen_cb" text, "contract_signed_on" text, "remediation_buffer_days" integer, "planned_audit_days" real, "complexity_adjustment_pct" real, "adjustment_rationale" text) strict;
create index if not exists certification_project__edition__index on certification_project ("edition", id);
create index if not exists certification_project__phase__index on certification_project ("phase", id);
create index if not exists certification_project__headcount_declared__index on certification_project ("headcount_declared", id);
create table if not exists certification_project__sites_declared (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists certification_project__sites_declared__value on certification_project__sites_declared (value, record);
create index if not exists certification_project__chosen_cb__index on certification_project ("chosen_cb", id);
create index if not exists certification_project__contract_signed_on__index on certification_project ("contract_signed_on", id);

create table if not exists certification_body (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "name" text, "accreditation_body" text, "accreditation_ref" text, "accredited_for_27001" integer, "accreditation_verified_on" text, "accreditation_valid_to" text, "mra_signatory" integer, "sectors" text, "countries" text, "consultancy_to_us_until" text) strict;
create index if not exists certification_body__name__index on certification_body ("name", id);
create index if not exists certification_body__accreditation_body__index on certification_body ("accreditation_body", id);
create index if not exists certification_body__accredited_for_27001__index on certification_body ("accredited_for_27001", id);
create index if not exists certification_body__accreditation_verified_on__index on certification_body ("accreditation_verified_on", id);
create index if not exists certification_body__accreditation_valid_to__index on certification_body ("accreditation_valid_to", id);
create table if not exists certification_body__sectors (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists certification_body__sectors__value on certification_body__sectors (value, record);
create table if not exists certification_body__countries (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists certification_body__countries__value on certification_body__countries (value, record);

create table if not exists certification_quote (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "cb" text, "received_on" text, "headcount_basis" integer, "sites_basis" integer, "stage1_days" real, "stage2_days" real, "surveillance_days" real, "price_initial" real, "price_cycle" real, "currency" text) strict;
create index if not exists certification_quote__cb__index on certification_quote ("cb", id);
create index if not exists certification_quote__received_on__index on certification_quote ("received_on", id);
create index if not exists certification_quote__stage1_days__index on certification_quote ("stage1_days", id);
create index if not exists certification_quote__stage2_days__index on certification_quote ("stage2_days", id);
create index if not exists certification_quote__price_initial__index on certification_quote ("price_initial", id);
create index if not exists certification_quote__price_cycle__index on certification_quote ("price_cycle", id);
create index if not exists certification_quote__currency__index on certification_quote ("currency", id);

create table if not exists certificate (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "cb" text, "number" text, "edition" text, "decision_on" text, "issued_on" text, "expires_on" text, "status" text, "suspended_on" text, "scope_text" text, "sites" text, "soa_version" integer, "previous" text, "mark_uses" text) strict;
create index if not exists certificate__cb__index on certificate ("cb", id);
create index if not exists certificate__number__index on certificate ("number", id);
create index if not exists certificate__issued_on__index on certificate ("issued_on", id);
create index if not exists certificate__expires_on__index on certificate ("expires_on", id);
create index if not exists certificate__status__index on certificate ("status", id);
create table if not exists certificate__sites (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists certificate__sites__value on certificate__sites (value, record);
create index if not exists certificate__soa_version__index on certificate ("soa_version", id);
create index if not exists certificate__previous__index on certificate ("previous", id);
create table if not exists certificate__mark_uses (record text not null, position integer not null, "place" text, "seen_on" text, "on_product" integer, primary key (record, position)) strict;

create table if not exists site_sampling_plan (id text primary key not null, revision integer not null, created_at text not null, created_by text not null, updated_at text not null, updated_by text not null, custom text, "certificate" text, "audit" text, "eligible" integer, "sampled_sites" text, "random_share_pct" real, "justification" text) strict;
create index if not exists site_sampling_plan__certificate__index on site_sampling_plan ("certificate", id);
create index if not exists site_sampling_plan__audit__index on site_sampling_plan ("audit", id);
create index if not exists site_sampling_plan__eligible__index on site_sampling_plan ("eligible", id);
create table if not exists site_sampling_plan__sampled_sites (record text not null, position integer not null, value text not null, primary key (record, position)) strict;
create index if not exists site_sampling_plan__sampled_sites__value on site_sampling_plan__sampled_sites (value, record);
create index if not exists site_sampling_plan__random_share_pct__index on site_sampling_plan ("random_share_pct", id);

