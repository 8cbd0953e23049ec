// Draws the site's navigation from the channel tree; no page holds it.
(function () {
  function item(channel) {
    var li = document.createElement("li");
    var link = document.createElement("a");
    link.href = channel.url;
    link.textContent = channel.name;
    li.appendChild(link);
    if (channel.children) {
      li.appendChild(menu(channel.children));
    }
    return li;
  }
  function menu(channels) {
    var ul = document.createElement("ul");
    channels.forEach(function (channel) {
      ul.appendChild(item(channel));
    });
    return ul;
  }
  fetch("/module/navigation/channels.json")
    .then(function (answer) {
      return answer.json();
    })
    .then(function (tree) {
      document.getElementById("navigation").appendChild(menu(tree.channels));
    });
})();
