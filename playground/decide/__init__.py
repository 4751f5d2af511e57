"""From a need to an explained answer."""
