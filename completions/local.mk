bashcompletiondir = $(datadir)/bash-completion/completions
zshcompletiondir = $(datadir)/zsh/site-functions
dist_zshcompletion_DATA = completions/_v6lit
EXTRA_DIST += completions/v6lit.bash

# bash-completion finds a file by the command's name, without a suffix.
install-data-local:
	$(MKDIR_P) '$(DESTDIR)$(bashcompletiondir)'
	$(INSTALL_DATA) '$(top_srcdir)/completions/v6lit.bash' '$(DESTDIR)$(bashcompletiondir)/v6lit'
uninstalled += $(bashcompletiondir)/v6lit
