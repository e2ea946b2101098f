/** SQL and Markdown are text modules in every build: esbuild, vite and wrangler alike. */
declare module '*.sql' {
  const text: string;
  export default text;
}
declare module '*.md' {
  const text: string;
  export default text;
}
