/** A JSON value, as all our machine-readable output is made of. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
