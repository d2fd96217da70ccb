/** The routes of the administration, one typed function each. */
import type { ClinicApi } from "../api";
import type { Role } from "../types";
import type { AuditFilter, AuditPage, Colleague, OneTime } from "./types";

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
