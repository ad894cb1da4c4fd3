/* What htmx leaves to do: say whether the page is live, let ages grow, keep lists short. */
(function () {
  "use strict";
  var body = document.body;
  var words = document.getElementById("link-words");
  var lost = document.getElementById("lost");
  var announce = document.getElementById("announce");
  var skew = Date.parse(body.dataset.now) - Date.now();

  function link(state, text) {
    if (body.dataset.link !== state) {
      body.dataset.link = state;
      words.textContent = text;
    }
  }

  function gone(why) {
    if (body.dataset.link !== "lost") {
      var since = new Date().toLocaleTimeString();
      lost.textContent = why + " since " + since + ". Values are as they were then; trying again.";
      lost.hidden = false;
    }
    link("lost", "Connection lost");
  }

  function span(seconds) {
    if (seconds < 120) return seconds + " s";
    if (seconds < 7200) return Math.floor(seconds / 60) + " min";
    if (seconds < 172800) return Math.floor(seconds / 3600) + " h";
    return Math.floor(seconds / 86400) + " days";
  }

  function age(seconds) {
    if (seconds < -60) return "in " + span(-seconds) + " (in the future)";
    return seconds < 2 ? "just now" : span(seconds) + " ago";
  }

  function grow() {
    var now = Date.now() + skew;
    document.querySelectorAll("time[datetime]").forEach(function (time) {
      var seconds = Math.floor((now - Date.parse(time.dateTime)) / 1000);
      var text = (time.dataset.lead || "") + age(seconds) + (time.dataset.tail || "");
      if (time.textContent !== text) {
        time.textContent = text;
      }
      var tile = time.closest(".tile");
      if (tile) {
        tile.classList.toggle("old", seconds > 300);
      }
    });
  }

  function shorten(list) {
    while (list.children.length > Number(list.dataset.most) + 1) {
      list.removeChild(list.lastElementChild);
    }
  }

  link("waiting", "Connecting");
  body.addEventListener("htmx:sseOpen", function () {
    lost.hidden = true;
    link("live", "Live");
  });
  body.addEventListener("htmx:sseError", function () {
    gone("No connection to the node");
  });
  window.addEventListener("offline", function () {
    gone("This device is offline");
  });
  body.addEventListener("htmx:sseMessage", function (event) {
    var list = event.target;
    if (event.detail.type === "observation" && list.dataset && list.dataset.most) {
      var first = list.querySelector(".words");
      announce.textContent = first ? "New observation: " + first.textContent : "";
      shorten(list);
    }
  });
  /* What went wrong is said beside a fact or observation, not in its place. */
  function outcome(target) {
    return target && target.querySelector(":scope > .outcome");
  }
  body.addEventListener("htmx:beforeSwap", function (event) {
    var place = event.detail.isError && outcome(event.detail.target);
    if (place) {
      event.detail.target = place;
      event.detail.swapOverride = "innerHTML";
      window.setTimeout(function () {
        place.scrollIntoView({ block: "center" });
      }, 50);
    }
  });
  body.addEventListener("htmx:sendError", function (event) {
    var target = event.detail.target;
    var place = outcome(target) || (event.detail.elt.tagName === "FORM" && target);
    if (place) {
      place.textContent = "The node did not answer. Is it running?";
    }
  });
  body.addEventListener("htmx:afterRequest", function (event) {
    var form = event.detail.elt;
    if (event.detail.successful && form.id !== "recall" && form.matches("form[hx-post]")) {
      form.reset();
    }
  });
  window.setInterval(grow, 5000);
})();
