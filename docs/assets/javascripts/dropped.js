// Gives dropped files, also those of folders, to the question that asks for files.

/**
 * @param {HTMLInputElement} control
 * @param {File[]} files what was dropped
 * @param {(FileSystemEntry | undefined)[]} entries the same as entries, among them folders
 * @returns {Promise<File | undefined>} the one file, where it is a scenario and no log
 */
export async function giveFiles(control, files, entries) {
  const all = entries.some((entry) => entry?.isDirectory) ? await filesBelow(entries) : files;
  if (all.length === 1 && (await isScenario(all[0]))) return all[0];
  const chosen = new DataTransfer();
  all.forEach((file) => chosen.items.add(file));
  control.files = chosen.files;
  control.dispatchEvent(new Event("change", { bubbles: true }));
  return undefined;
}

/** Whether a file is a scenario of any calculator, or a case. */
async function isScenario(file) {
  const text = file.size < 1e6 ? await file.text() : "";
  return /^\s*\{/.test(text) && /"calculators?"/.test(text) && text.includes('"given"');
}

/** The files of dropped folders, and of folders below them, in the order of their names. */
async function filesBelow(entries) {
  const found = [];
  for (const entry of entries.filter(Boolean).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isFile) found.push(await new Promise((take, refuse) => entry.file(take, refuse)));
    else found.push(...(await filesBelow(await allEntries(entry.createReader()))));
  }
  return found;
}

/** A browser hands out the entries of a folder a hundred at a time. */
async function allEntries(reader) {
  const entries = await new Promise((take, refuse) => reader.readEntries(take, refuse));
  return entries.length > 0 ? [...entries, ...(await allEntries(reader))] : [];
}
