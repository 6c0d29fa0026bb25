"""The HR console: teams, campaigns, invitations, results. An application of its own under /hr.

It has what takers must never meet: sign-in, a session cookie (of the path /hr only), forms that others could forge.
Nothing of it is imported before somebody asks for one of its pages.
"""

PATH = "/hr"
