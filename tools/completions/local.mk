EXTRA_DIST += tools/completions/_v6lit tools/completions/v6lit.bash
if WITH_ZSH_COMPLETION
zshcompletion_DATA = tools/completions/_v6lit
endif

# bash-completion finds a file by the command's name, without a suffix.
if WITH_BASH_COMPLETION
bashcompletion_DATA = tools/completions/v6lit
CLEANFILES += tools/completions/v6lit
tools/completions/v6lit: tools/completions/v6lit.bash
	$(AM_V_GEN)$(MKDIR_P) tools/completions && cp '$(top_srcdir)/tools/completions/v6lit.bash' $@
endif
