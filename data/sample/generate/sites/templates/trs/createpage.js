// Draws the links to a column's pages: the first is name.ext, the others name_1.ext, name_2.ext and so on.
function createPageHTML(count, current, name, extension) {
  function address(page) {
    return page === 0 ? name + "." + extension : name + "_" + page + "." + extension;
  }
  if (count < 2) {
    return;
  }
  for (var page = 0; page < count; page++) {
    if (page === current) {
      document.write("<span>" + (page + 1) + "</span> ");
    } else {
      document.write('<a href="' + address(page) + '">' + (page + 1) + "</a> ");
    }
  }
  if (current < count - 1) {
    document.write('<a href="' + address(current + 1) + '">下一页</a>');
  }
}
