// Fills the phone's store with entries the clinic has received, one an hour back from `start` (ms).
async ([count, episode, start]) => {
  const opened = indexedDB.open('afterblock');
  await new Promise((done) => { opened.onsuccess = done; });
  const tx = opened.result.transaction('revisions', 'readwrite');
  for (let n = 0; n < count; n += 1) {
    const at = new Date(start - n * 3_600_000).toISOString().slice(0, 19);
    const recorded = { day: at.slice(0, 10), local: at, offset_min: 0, zone: 'UTC', elapsed_ms: 4000, skew_ms: 0 };
    const body = { taken_at: at + 'Z', recorded_at: at + 'Z', scale: 'now', pain: n % 11,
      side_effects: [{ code: 'nausea', severity: 'mild' }], note: 'A note of usual length, as a patient writes it.' };
    tx.objectStore('revisions').put({ rev_id: crypto.randomUUID(), entry_id: crypto.randomUUID(), episode_id: episode,
      parent_rev: null, op: 'put', kind: 'entry', schema: 1, recorded, body, by: 'patient', state: 'received',
      received_at: at + 'Z', problem: null, told: null });
  }
  await new Promise((done) => { tx.oncomplete = done; });
  opened.result.close();
}
