/** Calls of our own API. A refusal is a `Problem`; no usable answer at all is `NoAnswer`, after which the same request may be repeated. */
export interface ProblemBody {
  readonly type?: string;
  readonly title: string;
  readonly status: number;
  readonly slug: string;
  readonly instance?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(readonly body: ProblemBody) {
    super(body.title);
  }
}

export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const patienceMs = 60_000;

/** Sends JSON and gives the answer's members. */
export function send(
  method: string,
  path: string,
  body?: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  const headers: Record<string, string> = { accept: 'application/json, application/problem+json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  return call(path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Sends bytes as they are. */
export function sendBytes(path: string, bytes: Blob): Promise<Readonly<Record<string, unknown>>> {
  return call(path, {
    method: 'PUT',
    headers: { 'content-type': bytes.type || 'application/octet-stream' },
    body: bytes,
  });
}

async function call(path: string, init: RequestInit): Promise<Readonly<Record<string, unknown>>> {
  // AbortSignal.timeout is younger than the browsers we serve.
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), patienceMs);
  try {
    const response = await fetch(path, { ...init, signal: abort.signal, credentials: 'same-origin' });
    const text = await response.text();
    const answer = parse(text);
    if (response.ok) return answer ?? {};
    throw isProblem(answer) ? new Problem(answer) : new NoAnswer(`${response.status} from ${path}`);
  } catch (error) {
    if (error instanceof Problem || error instanceof NoAnswer) throw error;
    throw new NoAnswer(String(error));
  } finally {
    clearTimeout(timer);
  }
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function isProblem(value: unknown): value is ProblemBody {
  return typeof value === 'object' && value !== null && 'title' in value && 'slug' in value;
}
