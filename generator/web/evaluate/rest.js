/** Let the page answer in between: long work is done in parts, and this is awaited after each. */
export const rest = () =>
  new Promise((done) => {
    setTimeout(done);
  });
