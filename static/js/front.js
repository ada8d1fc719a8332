// The front page. A place that the gallery once had here is found among the lectures.

if (location.hash && !document.getElementById(location.hash.slice(1))) location.replace(`/lectures${location.hash}`)
