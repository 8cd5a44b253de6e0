FROM conversations AS c
LEFT JOIN readings AS r USING (conversation_no)
JOIN turns AS t USING (conversation_no)
JOIN messages AS m ON m.row_no = t.message_no
WHERE r.conversation_no IS NULL OR r.digest <> c.digest OR r.model <> $1 OR r.cards <> $2
