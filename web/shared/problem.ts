// An error as the server tells it (RFC 9457), or as the network does.
export interface ProblemDocument {
  title: string;
  status: number;
  detail?: string;
  code?: string;
  field?: string;
  retry_after?: number;
  id?: number;
  by?: string;
}

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly document: ProblemDocument;

  constructor(document: ProblemDocument) {
    super(document.detail ?? document.title);
    this.name = "Problem";
    this.document = document;
    this.status = document.status;
    this.code = document.code ?? "";
  }
}

// The server was not reached, or what answered was not the server.
export const unreachable = (): Problem => new Problem({ title: "unreachable", status: 0, code: "UNREACHABLE" });

export const isProblem = (error: unknown, code: string): error is Problem => error instanceof Problem && error.code === code;
