// Goes to the page that the reader typed. Pages are counted backwards: the newest is base.htm, the oldest base/1.htm.
function _simple_list_gotopage_fun(count, input, mode) {
  var page = parseInt(document.getElementById(input).value, 10);
  if (isNaN(page) || page < 1 || page > count) {
    return;
  }
  var base = window.location.pathname.replace(/(\/\d+)?\.htm$$/, "");
  window.location.pathname = page === 1 ? base + ".htm" : base + "/" + (count - page + 1) + ".htm";
}
