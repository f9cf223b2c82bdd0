# Before everything that asks others; behind files, if nothing is behind it.
hosts before=mymachines,myhostname,resolve,mdns4_minimal,mdns6_minimal,mdns_minimal,mdns4,mdns6,mdns,wins,sss,ldap,nis,nisplus,libvirt,libvirt_guest,llmnr,dns ipv6literal [NOTFOUND=return]
hosts last ipv6literal [NOTFOUND=return] skip-if-present=ipv6literal
