include(Sql)
xinjing_embed_sql(store)
