/** The query as code for elsewhere. */

export function snippets(query: string, endpoint: string): { name: string; code: string }[] {
  return [
    { name: "curl", code: `curl --header 'Accept: text/csv' --data-urlencode ${shell(`query=${query}`)} ${shell(endpoint)}` },
    {
      name: "Python", code: `import io

import httpx
import pandas as pd

query = ${python(query)}
answer = httpx.post(${JSON.stringify(endpoint)}, data={"query": query}, headers={"Accept": "text/csv"}, timeout=60)
answer.raise_for_status()
table = pd.read_csv(io.StringIO(answer.text))
print(table)`,
    },
    {
      name: "R", code: `library(httr2)

query <- ${r(query)}
answer <- request(${JSON.stringify(endpoint)}) |>
  req_headers(Accept = "text/csv") |>
  req_body_form(query = query) |>
  req_perform()
table <- read.csv(text = resp_body_string(answer))
print(table)`,
    },
  ];
}

const shell = (text: string): string => `'${text.replace(/'/g, "'\\''")}'`;
const python = (text: string): string => (text.includes('"""') || text.includes("\\") ? JSON.stringify(text) : `"""${text.endsWith('"') ? `${text} ` : text}"""`);
const r = (text: string): string => JSON.stringify(text);
