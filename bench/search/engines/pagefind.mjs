// It loads parts of its index while one types, over loopback here, which is faster than any network. It finds beginnings and stems, and
// corrects nothing. A result is a number until its text is fetched: the clock does not wait for that.

/** It works in a worker, whose memory the page cannot ask for. */
export const worker = true;

export async function build(docs, lang, folder) {
  const { close, createIndex } = await import("pagefind");
  const { index } = await createIndex({ forceLanguage: lang });
  for (const { id, name, keywords, summary, description } of docs) {
    await index.addCustomRecord({ url: `/${id}`, language: lang, content: [name, ...keywords, summary, description].join(". "), meta: { title: name } });
  }
  await index.writeFiles({ outputPath: `${folder}/pagefind` });
  await close();
  return null;
}

export async function open(_, base) {
  const pagefind = await import(`${base}/pagefind/pagefind.js`);
  await pagefind.init();
  return {
    search: async (text, limit) => (await pagefind.search(text)).results.slice(0, limit),
    ids: (results) => Promise.all(results.map(async (result) => Number((await result.data()).raw_url.slice(1)))),
  };
}
