// Draws one page of a column: its records come from the data proxy, the page's number from the address.
(function () {
  var list = document.getElementById("list");
  var column = list.dataset.column;
  var perPage = Number(list.dataset.perpage);
  var page = Number(new URLSearchParams(window.location.search).get("pageNum")) || 1;
  var start = (page - 1) * perPage + 1;
  var proxy = "/module/web/jpage/dataproxy.jsp?startrecord=" + start + "&endrecord=" + (start + perPage - 1) +
    "&perpage=" + perPage + "&appid=1&webid=" + list.dataset.web + "&path=%2F&columnid=" + column +
    "&unitid=" + list.dataset.unit;
  function draw(store) {
    var records = store.getElementsByTagName("record");
    for (var at = 0; at < records.length; at++) {
      list.insertAdjacentHTML("beforeend", records[at].textContent);
    }
    var pager = document.getElementById("pager");
    var total = Number(store.getElementsByTagName("totalrecord")[0].textContent);
    for (var other = 1; pager && other <= Math.ceil(total / perPage); other++) {
      var address = "/col/col" + column + "/index.html?uid=" + list.dataset.unit + "&pageNum=" + other;
      pager.insertAdjacentHTML("beforeend", other === page ? other + " " : '<a href="' + address + '">' + other + "</a> ");
    }
  }
  fetch(proxy)
    .then(function (answer) {
      return answer.text();
    })
    .then(function (text) {
      draw(new DOMParser().parseFromString(text, "text/xml"));
    });
})();
