/** The routes of the administration, one typed function each. */
import type { ClinicApi } from "../api";
import type { Role } from "../types";
import type {
  AuditFilter,
  AuditPage,
  Colleague,
  ComparisonStep,
  CriteriaChoice,
  OneTime,
  PhonePage,
  Protocol,
} from "./types";

export async function everybody(api: ClinicApi, signal?: AbortSignal): Promise<Colleague[]> {
  const answer = await api.ask<{ staff: Colleague[] }>("GET", "/staff", undefined, signal);
  return answer.staff;
}

export function addColleague(api: ClinicApi, form: { name: string; email: string; role: Role }): Promise<OneTime> {
  return api.ask("POST", "/staff", form);
}

export function changeColleague(api: ClinicApi, id: string, form: { name: string; role: Role }): Promise<Colleague> {
  return api.ask("PUT", `/staff/${id}`, form);
}

export function setActive(api: ClinicApi, id: string, active: boolean): Promise<Colleague> {
  return api.ask("PUT", `/staff/${id}/active`, { active });
}

export function resetSignIn(api: ClinicApi, id: string): Promise<OneTime> {
  return api.ask("POST", `/staff/${id}/one-time-password`, {});
}

export function choosePassword(api: ClinicApi, old: string, next: string): Promise<null> {
  return api.ask("PUT", "/session/password", { old, new: next });
}

export function auditPage(api: ClinicApi, filter: AuditFilter, after: string | null, signal?: AbortSignal): Promise<AuditPage> {
  return api.ask("POST", "/audit", { ...filter, after, limit: 50 }, signal);
}

export function auditTable(api: ClinicApi, filter: AuditFilter): Promise<Blob> {
  return api.file("POST", "/audit/table.csv", filter);
}

export function criteriaChoice(api: ClinicApi, signal?: AbortSignal): Promise<CriteriaChoice> {
  return api.ask("GET", "/criteria", undefined, signal);
}

export function chooseCriteria(api: ClinicApi, criteria: string, before: string): Promise<CriteriaChoice> {
  return api.ask("PUT", "/criteria", { criteria, before });
}

export function compareCriteria(api: ClinicApi, criteria: string, after: string | null): Promise<ComparisonStep> {
  return api.ask("POST", "/criteria/comparison", { criteria, after });
}

export function phonePage(api: ClinicApi, search: string, offset: number, signal?: AbortSignal): Promise<PhonePage> {
  return api.ask("POST", "/phones", { search, offset, limit: 50 }, signal);
}

export function endInvitation(api: ClinicApi, enrolmentId: string): Promise<null> {
  return api.ask("DELETE", `/enrolments/${enrolmentId}`);
}

export async function protocols(api: ClinicApi, signal?: AbortSignal): Promise<Protocol[]> {
  const answer = await api.ask<{ protocols: Protocol[] }>("GET", "/protocols", undefined, signal);
  return answer.protocols;
}
